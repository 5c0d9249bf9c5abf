// SPDX-License-Identifier: GPL-2.0
/* Shapes met in mainline drivers that are right, and must stay silent. */
#include <linux/blkdev.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

struct unit {
	spinlock_t lock;
	struct mutex gate;
	struct list_head queue;
	struct unit *peer, *up;
	void *id;
	char *buf;
	int irq[4];
	bool pending;
};

struct waiter {
	struct list_head link;
};

int kick(struct unit *u);
int transmit(struct sk_buff *skb);
irqreturn_t on_irq(int irq, void *data);

static void free_fields(struct unit *u)
{
	kfree(u->id);
}

int callee_frees_a_field(int n)
{
	struct unit *u = kzalloc(sizeof(*u), GFP_KERNEL);

	if (!u)
		return -ENOMEM;
	u->id = kmalloc(4, GFP_KERNEL);
	if (!u->id)
		n = 1;
	free_fields(u);
	kfree(u);
	return -EIO;
}

int undo_loop_of_irqs(struct unit *u, int n)
{
	int v, err;

	for (v = 0; v < n; v++) {
		err = request_irq(u->irq[v], on_irq, 0, "unit", &u->irq[v]);
		if (err)
			goto undo;
	}
	return 0;
undo:
	while (v--)
		free_irq(u->irq[v], &u->irq[v]);
	return err;
}

void drain(struct unit *u)
{
	while (!list_empty(&u->queue)) {
		struct waiter *w = list_first_entry(&u->queue, struct waiter, link);

		list_del(&w->link);
		kfree(w);
	}
}

void crossed_variants(struct unit *a, struct unit *b)
{
	spin_lock_irq(&a->lock);
	spin_lock(&b->lock);
	b->peer = a;
	spin_unlock(&a->lock);
	kick(b);
	spin_unlock_irq(&b->lock);
}

int more_references(struct sk_buff *skb, bool last, int n)
{
	int ret, left = n;

	do {
		if (left == n && last)
			skb_get(skb);
		ret = transmit(skb);
		if (ret) {
			if (last)
				kfree_skb(skb);
			return transmit(skb);
		}
	} while (--left > 0);
	return 0;
}

int user_or_kernel(struct unit *u, unsigned long address, bool kernel)
{
	void *src = (void *)address;

	if (!kernel)
		return copy_from_user(u->buf, (void __user *)src, 16) ? -EFAULT : 0;
	memcpy(u->buf, src, 16);
	return 0;
}

void *inner_pointer_returned(void)
{
	struct unit *u = kzalloc(sizeof(*u), GFP_KERNEL);
	char *buf;

	if (!u)
		return NULL;
	buf = kmalloc(4, GFP_KERNEL);
	if (!buf) {
		kfree(u);
		return NULL;
	}
	u->buf = buf;
	return &u->queue;
}

int moved_pointer_stored(struct unit *u, int misaligned)
{
	char *d = kmalloc(64, GFP_KERNEL);

	if (!d)
		return -ENOMEM;
	if (misaligned)
		d += 3;
	u->buf = d;
	return 0;
}

static struct unit *unit_of(struct net_device *dev)
{
	return netdev_priv(dev);
}

int accessor_twice(struct net_device *dev)
{
	spin_lock(&unit_of(dev)->lock);
	unit_of(dev)->pending = true;
	spin_unlock(&unit_of(dev)->lock);
	return 0;
}

int long_way_to_the_lock(struct unit *u)
{
	struct unit *far = u->up->up->up->up->up;

	mutex_lock(&far->gate);
	kick(u);
	mutex_unlock(&far->gate);
	return 0;
}

int dynamic_major(int *out)
{
	int major = register_blkdev(0, "unit");

	if (major <= 0)
		return -EBUSY;
	*out = major;
	return 0;
}

int zero_size(struct unit *u, size_t n)
{
	u->buf = kmalloc(n, GFP_KERNEL);
	if (ZERO_OR_NULL_PTR(u->buf))
		return -ENOMEM;
	kfree(u->buf);
	return 0;
}

static int refill(char **out, size_t n)
{
	*out = kmalloc(n, GFP_KERNEL);
	return *out ? 0 : -ENOMEM;
}

void replaced_through_its_address(struct unit *u)
{
	char *buf = NULL;

	while (kick(u)) {
		kfree(buf);
		if (refill(&buf, 16))
			return;
	}
	kfree(buf);
}

void entered_with_interrupts_off(struct unit *u)
{
	local_irq_enable();
	kick(u);
	local_irq_disable();
}
