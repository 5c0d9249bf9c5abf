/* Unlinked before they are freed, or never linked. */
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct ticket {
	int id;
	struct list_head link;
	struct completion printed;
	char *text;
};

struct office {
	struct list_head tickets, done;
	struct ticket first;
	spinlock_t lock;
	int closed, count;
};

/* trap: lin-list-free-linked not-yet-added */
int office_add(struct office *o, int id)
{
	struct ticket *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	t->text = kmalloc(64, GFP_KERNEL);
	if (!t->text) {
		kfree(t);
		return -ENOMEM;
	}
	spin_lock(&o->lock);
	list_add_tail(&t->link, &o->tickets);
	spin_unlock(&o->lock);
	return 0;
}

int office_enter(struct office *o, struct ticket *t)
{
	list_add(&t->link, &o->tickets);
	if (++o->count > 8) {
		list_del(&t->link);
		kfree(t);
		return -ENOSPC;
	}
	return 0;
}

void office_printed(struct ticket *t)
{
	complete(&t->printed);
}

/* Whoever prints it takes it off the list. */
void office_print(struct office *o, struct ticket *t)
{
	init_completion(&t->printed);
	spin_lock(&o->lock);
	list_add_tail(&t->link, &o->tickets);
	spin_unlock(&o->lock);
	wait_for_completion(&t->printed);
	kfree(t);
}

/* Called by others, too. */
void office_print_all(struct office *o, struct ticket *first, struct ticket *second)
{
	office_print(o, first);
	office_print(o, second);
}

static void office_queue(struct office *o, struct ticket *t)
{
	list_add_tail(&t->link, &o->tickets);
	wait_for_completion(&t->printed);
}

void office_print_once(struct office *o, struct ticket *t)
{
	office_queue(o, t);
	kfree(t);
}

static void office_sweep(struct office *o)
{
	struct ticket *t, *next;

	list_for_each_entry_safe(t, next, &o->tickets, link)
		if (t->id < 0)
			list_del(&t->link);
}

void office_retry(struct office *o, struct ticket *t)
{
	list_add(&t->link, &o->tickets);
	t->id = -1;
	office_sweep(o);
	kfree(t);
}

/* trap: lin-list-free-linked whole-list-discarded */
void office_close(struct office *o)
{
	struct ticket *t, *next;
	LIST_HEAD(gone);

	spin_lock(&o->lock);
	list_splice_init(&o->tickets, &gone);
	spin_unlock(&o->lock);
	list_for_each_entry_safe(t, next, &gone, link)
		kfree(t);
	list_add(&o->first.link, &o->done);
	kfree(o);
}

/* trap: lin-list-free-linked moved-away */
void office_finish(struct office *o, struct ticket *t)
{
	LIST_HEAD(gone);

	spin_lock(&o->lock);
	list_move(&t->link, &gone);
	spin_unlock(&o->lock);
	kfree(t->text);
	kfree(t);
}

struct hall {
	struct list_head seats;
};

struct seat {
	struct list_head link;
};

/* The list goes with the hall, which was made here, too. */
int hall_open(struct device *dev)
{
	struct hall *hall = kzalloc(sizeof(*hall), GFP_KERNEL);
	struct seat *seat;

	if (!hall)
		return -ENOMEM;
	dev_set_drvdata(dev, hall);
	INIT_LIST_HEAD(&hall->seats);
	seat = kzalloc(sizeof(*seat), GFP_KERNEL);
	if (!seat)
		goto free_hall;
	list_add_tail(&seat->link, &hall->seats);
	if (device_is_registered(dev))
		return 0;
	kfree(seat);
free_hall:
	kfree(hall);
	return -EIO;
}
