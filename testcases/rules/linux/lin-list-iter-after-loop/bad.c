/* Cursors that point past the end. */
#include <linux/errno.h>
#include <linux/list.h>

struct ticket {
	int id, expired;
	struct list_head link;
};

struct office {
	int count;
	struct list_head tickets;
};

void office_expire(struct office *o, int id)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link) /* note: lin-list-iter-after-loop "ends without a break" */
		if (t->id == id)
			break;
	t->expired = 1; /* expect: lin-list-iter-after-loop "t is used here" */
}

int office_last(struct office *o)
{
	struct ticket *t;

	list_for_each_entry_reverse(t, &o->tickets, link) {
		if (t->expired)
			break;
		o->count++;
	}
	return t->id; /* expect: lin-list-iter-after-loop "t" */
}

/* trap: lin-list-iter-after-loop head-tested
 * Compared too late. */
int office_find(struct office *o, int id)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link)
		if (t->id == id)
			break;
	if (t->expired) /* expect: lin-list-iter-after-loop "t" */
		return -ESTALE;
	return list_entry_is_head(t, &o->tickets, link) ? -ENOENT : 0;
}

/* trap: lin-list-iter-after-loop always-leaves
 * trap: lin-list-iter-after-loop found-flag
 * The flag says something else. */
int office_take(struct office *o, int id)
{
	struct ticket *t;
	int seen = 0;

	list_for_each_entry(t, &o->tickets, link) {
		seen++;
		if (t->id == id)
			break;
	}
	if (o->count)
		return -EBUSY;
	t->expired = 1; /* expect: lin-list-iter-after-loop "t" */
	return seen;
}
