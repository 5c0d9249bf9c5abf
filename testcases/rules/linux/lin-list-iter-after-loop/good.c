/* What the loop found is known for sure. */
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
	struct ticket *t, *found = NULL;

	list_for_each_entry(t, &o->tickets, link)
		if (t->id == id) {
			found = t;
			break;
		}
	if (found)
		found->expired = 1;
}

/* trap: lin-list-iter-after-loop head-tested */
int office_find(struct office *o, int id)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link)
		if (t->id == id)
			break;
	if (&t->link == &o->tickets)
		return -ENOENT;
	t->expired = 1;
	return 0;
}

int office_seek(struct office *o, int id)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link)
		if (t->id == id)
			break;
	if (list_entry_is_head(t, &o->tickets, link))
		return -ENOENT;
	return t->expired;
}

/* trap: lin-list-iter-after-loop always-leaves */
int office_take(struct office *o, int id)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link)
		if (t->id == id)
			goto found;
	return -ENOENT;
found:
	t->expired = 1;
	return 0;
}

/* trap: lin-list-iter-after-loop found-flag */
int office_stamp(struct office *o, int id)
{
	struct ticket *t;
	bool found = false;

	list_for_each_entry(t, &o->tickets, link)
		if (t->id == id) {
			found = true;
			break;
		}
	if (!found)
		return -ENOENT;
	t->expired = 1;
	list_for_each_entry(t, &o->tickets, link)
		o->count += t->expired;
	return 0;
}

/* The second loop starts from the same first entry. */
int office_twice(struct office *o)
{
	struct ticket *t, *next;

	list_for_each_entry(t, &o->tickets, link)
		o->count++;
	list_for_each_entry_safe(t, next, &o->tickets, link)
		if (t->expired)
			o->count--;
	return o->count;
}

/* Starts again with the first one. */
int office_robin(struct office *o, struct ticket *last)
{
	struct ticket *t, *start = NULL;

	if (list_empty(&o->tickets))
		return 0;
	list_for_each_entry(t, &o->tickets, link)
		if (t == last) {
			start = t;
			break;
		}
	if (!start)
		start = list_entry(o->tickets.next, struct ticket, link);
	return start->id;
}

/* The link of the end is the head's own. */
struct list_head *office_end(struct office *o)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link)
		o->count++;
	return t->link.prev;
}
