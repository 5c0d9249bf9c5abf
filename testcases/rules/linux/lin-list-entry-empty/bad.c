/* Tests that an empty list passes. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct ticket {
	int id, expired;
	struct list_head link;
};

struct office {
	int count;
	struct list_head tickets;
};

int office_next(struct office *o)
{
	struct ticket *t;

	t = list_entry(o->tickets.next, struct ticket, link); /* note: lin-list-entry-empty "t comes from list_entry" */
	if (!t) /* expect: lin-list-entry-empty "t comes from list_entry, which never gives NULL" */
		return -ENOENT;
	return t->id;
}

int office_last(struct office *o)
{
	struct ticket *t = list_last_entry(&o->tickets, struct ticket, link);

	return t ? t->id : -1; /* expect: lin-list-entry-empty "list_last_entry" */
}

/* A search without a result. */
int office_find(struct office *o, int id)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link)
		if (t->id == id)
			break;
	if (t == NULL) /* expect: lin-list-entry-empty "list_for_each_entry" */
		return -ENOENT;
	return 0;
}

/* trap: lin-list-entry-empty known-not-empty
 * The counter says nothing of the list of the others. */
int office_call(struct office *o, struct office *other)
{
	struct ticket *t;

	if (o->count == 0)
		return -ENOENT;
	t = list_first_entry(&other->tickets, struct ticket, link);
	if (t == NULL) /* expect: lin-list-entry-empty "t" */
		return -ENOENT;
	t->expired = 1;
	return 0;
}

/* trap: lin-list-entry-empty or-null
 * The second one does not give it. */
int office_pair(struct office *o)
{
	struct ticket *t = list_first_entry_or_null(&o->tickets, struct ticket, link), *next;

	if (!t)
		return -ENOENT;
	next = list_next_entry(t, link);
	if (!next) /* expect: lin-list-entry-empty "next comes from list_next_entry" */
		return 0;
	return next->id;
}
