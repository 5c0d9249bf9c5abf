/* The second lock is taken by a helper, in both directions. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct depot {
	spinlock_t stock_lock;
	spinlock_t order_lock;
	int stock, orders;
};

static void depot_add(struct depot *d, int n)
{
	spin_lock(&d->stock_lock);
	d->stock += n;
	spin_unlock(&d->stock_lock);
}

static void depot_order(struct depot *d)
{
	spin_lock(&d->order_lock); /* expect: lin-lock-order "d->order_lock" */
	d->orders++;
	spin_unlock(&d->order_lock);
}

void depot_deliver(struct depot *d)
{
	spin_lock(&d->order_lock);
	d->orders--;
	depot_add(d, 1);
	spin_unlock(&d->order_lock);
}

void depot_take(struct depot *d)
{
	spin_lock(&d->stock_lock);
	if (!--d->stock)
		depot_order(d); /* note: lin-lock-order "depot_order" */
	spin_unlock(&d->stock_lock);
}
