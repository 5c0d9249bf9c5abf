/* The next pointer is read first, or the loop ends. */
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
	struct list_head tickets, done;
	struct hlist_head bucket;
	struct ticket *current_ticket;
	int count;
};

void office_expire(struct office *o)
{
	struct ticket *t, *next;

	list_for_each_entry_safe(t, next, &o->tickets, link) { /* ok: lin-list-del-in-foreach */
		if (t->expired) {
			list_del(&t->link);
			kfree(t);
		}
	}
}

void office_clear(struct office *o)
{
	struct list_head *p, *next;

	list_for_each_safe(p, next, &o->tickets) { /* ok: lin-list-del-in-foreach */
		list_del(p);
		kfree(list_entry(p, struct ticket, link));
	}
}

/* Trap: break, return and goto right after the removal. */
/* trap: lin-list-del-in-foreach leaves-after */
int office_drop(struct office *o, int id)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link) { /* ok: lin-list-del-in-foreach */
		if (t->id == id) {
			list_del(&t->link);
			kfree(t);
			break;
		}
	}
	list_for_each_entry(t, &o->done, link) { /* ok: lin-list-del-in-foreach */
		if (t->id == id) {
			list_del_init(&t->link);
			return 0;
		}
	}
	list_for_each_entry_reverse(t, &o->tickets, link) { /* ok: lin-list-del-in-foreach */
		if (t->expired) {
			list_del(&t->link);
			goto found;
		}
	}
	return -ENOENT;
found:
	kfree(t);
	return 0;
}

/* Trap: the head is asked anew each time. */
/* trap: lin-list-del-in-foreach drain-loop */
void office_drain(struct office *o)
{
	struct ticket *t;

	while (!list_empty(&o->tickets)) { /* ok: lin-list-del-in-foreach */
		t = list_first_entry(&o->tickets, struct ticket, link);
		list_del(&t->link);
		kfree(t);
	}
}

/* Trap: another entry is removed. */
/* trap: lin-list-del-in-foreach other-entry */
void office_forget(struct office *o)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link) { /* ok: lin-list-del-in-foreach */
		if (o->current_ticket && o->current_ticket != t) {
			list_del(&o->current_ticket->link);
			o->current_ticket = NULL;
		}
	}
}

/* Trap: the entry goes back on a list before the loop steps on. */
void office_touch(struct office *o)
{
	struct ticket *t;

	list_for_each_entry(t, &o->tickets, link) { /* ok: lin-list-del-in-foreach */
		if (t->expired && !list_is_last(&t->link, &o->tickets)) {
			struct list_head *prev = t->link.prev;

			list_del(&t->link);
			list_add(&t->link, prev);
		}
	}
}

/* trap: lin-list-del-in-foreach safe-variant */
void office_hash(struct office *o)
{
	struct hlist_node *next;
	struct ticket *t;

	hlist_for_each_entry_safe(t, next, &o->bucket, hash) { /* ok: lin-list-del-in-foreach */
		hlist_del(&t->hash);
		kfree(t);
	}
}
