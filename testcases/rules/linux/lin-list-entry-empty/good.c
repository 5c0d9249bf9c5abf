/* The list is asked, not the entry. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct ticket {
	int id, expired;
	struct list_head link;
};

struct office {
	int count;
	spinlock_t lock;
	struct list_head tickets;
};

int office_next(struct office *o)
{
	struct ticket *t;

	if (list_empty(&o->tickets))
		return -ENOENT;
	t = list_entry(o->tickets.next, struct ticket, link);
	return t->id;
}

/* trap: lin-list-entry-empty or-null */
int office_first(struct office *o)
{
	struct ticket *t = list_first_entry_or_null(&o->tickets, struct ticket, link);

	return t ? t->id : -ENOENT; /* ok: lin-list-entry-empty */
}

/* trap: lin-list-entry-empty known-not-empty */
int office_call(struct office *o)
{
	struct ticket *t;

	spin_lock(&o->lock);
	if (o->count == 0) {
		spin_unlock(&o->lock);
		return -ENOENT;
	}
	t = list_first_entry(&o->tickets, struct ticket, link); /* ok: lin-list-entry-empty */
	list_del_init(&t->link);
	o->count--;
	spin_unlock(&o->lock);
	return t->id;
}

/* Set to NULL on one way. */
int office_peek(struct office *o)
{
	struct ticket *t = NULL;

	if (!list_empty(&o->tickets))
		t = list_first_entry(&o->tickets, struct ticket, link);
	if (!t) /* ok: lin-list-entry-empty */
		return -ENOENT;
	return t->id;
}
