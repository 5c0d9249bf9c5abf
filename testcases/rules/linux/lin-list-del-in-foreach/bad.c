/* Entries removed or freed under an iterator that still needs them. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct ticket {
	struct list_head link;
	struct hlist_node hash;
	int id, expired;
};

struct office {
	struct list_head tickets;
	struct hlist_head bucket;
	spinlock_t lock;
	int count;
};

/* trap: lin-list-del-in-foreach other-entry */
void office_expire(struct office *o)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link) { /* expect: lin-list-del-in-foreach "this loop" */
		if (t->expired)
			list_del(&t->link); /* note: lin-list-del-in-foreach "t->link" */
	}
}

/* trap: lin-list-del-in-foreach drain-loop */
void office_clear(struct office *o)
{
	struct list_head *p;

	list_for_each(p, &o->tickets) { /* expect: lin-list-del-in-foreach "this loop" */
		struct ticket *t = list_entry(p, struct ticket, link);

		list_del(p); /* note: lin-list-del-in-foreach "p" */
		kfree(t);
	}
}

/* Freed without being unlinked. */
int office_free(struct office *o)
{
	struct ticket *t;
	int n = 0;

	spin_lock(&o->lock);
	list_for_each_entry(t, &o->tickets, link) { /* expect: lin-list-del-in-foreach "this loop" */
		kfree(t); /* note: lin-list-del-in-foreach "t" */
		n++;
	}
	spin_unlock(&o->lock);
	return n;
}

/* The way out is taken for one kind of entry only. */
/* trap: lin-list-del-in-foreach leaves-after */
int office_drop(struct office *o, int id)
{
	struct ticket *t;

	list_for_each_entry_reverse(t, &o->tickets, link) { /* expect: lin-list-del-in-foreach "this loop" */
		if (t->id != id)
			continue;
		list_del_init(&t->link); /* note: lin-list-del-in-foreach "t->link" */
		if (t->expired)
			break;
		o->count--;
	}
	return o->count;
}

/* trap: lin-list-del-in-foreach safe-variant */
void office_hash(struct office *o)
{
	struct ticket *t;

	hlist_for_each_entry(t, &o->bucket, hash) { /* expect: lin-list-del-in-foreach "this loop" */
		if (t->expired) {
			hlist_del(&t->hash); /* note: lin-list-del-in-foreach "t->hash" */
			kfree(t);
		}
	}
}

void office_discard(struct list_head *all, int id)
{
	struct list_head *p;
	struct ticket *t;

	list_for_each(p, all) { /* expect: lin-list-del-in-foreach "" */
		t = list_entry(p, struct ticket, link);
		if (t->id == id) {
			list_del(&t->link);
			kfree(t);
		}
	}
}
