/* Entries freed on a list. */
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct ticket {
	int id;
	struct list_head link;
	struct hlist_node hash;
	char *text;
};

struct office {
	struct list_head tickets, done;
	struct hlist_head bucket;
	spinlock_t lock;
	int closed, count;
};

/* trap: lin-list-free-linked not-yet-added
 * Linked first, then it fails. */
int office_add(struct office *o, int id)
{
	struct ticket *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	t->id = id;
	spin_lock(&o->lock);
	list_add_tail(&t->link, &o->tickets); /* note: lin-list-free-linked "t->link is put on a list here" */
	spin_unlock(&o->lock);
	t->text = kmalloc(64, GFP_KERNEL);
	if (!t->text) {
		kfree(t); /* expect: lin-list-free-linked "t->link is still on a list" */
		return -ENOMEM;
	}
	return 0;
}

int office_hash(struct office *o, struct ticket *t)
{
	hlist_add_head(&t->hash, &o->bucket);
	if (o->closed) {
		kfree(t); /* expect: lin-list-free-linked "t->hash" */
		return -ENODEV;
	}
	return 0;
}

/* The free is elsewhere. */
static void ticket_free(struct ticket *t)
{
	kfree(t->text);
	kfree(t);
}

int office_enter(struct office *o, struct ticket *t)
{
	list_add(&t->link, &o->tickets);
	if (++o->count > 8) {
		ticket_free(t); /* expect: lin-list-free-linked "t->link" */
		return -ENOSPC;
	}
	return 0;
}

/* trap: lin-list-free-linked moved-away
 * To a list that others see. */
void office_finish(struct office *o, struct ticket *t)
{
	spin_lock(&o->lock);
	list_move(&t->link, &o->done); /* note: lin-list-free-linked "put on another list" */
	o->count--;
	spin_unlock(&o->lock);
	if (o->closed)
		kfree(t); /* expect: lin-list-free-linked "t->link" */
}

/* trap: lin-list-free-linked whole-list-discarded
 * The head that is set up anew is another one. */
void office_clear(struct office *o, struct ticket *t)
{
	list_add(&t->link, &o->tickets);
	INIT_LIST_HEAD(&o->done);
	kfree(t); /* expect: lin-list-free-linked "t->link" */
}
