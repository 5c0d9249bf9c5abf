/* The lock is taken again in a helper, or by one that was taken by another. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>

struct relay {
	spinlock_t lock;
	struct mutex mutex;
	struct relay *next;
	int hops, state;
};

static void relay_lock(struct relay *r)
{
	spin_lock(&r->lock);
}

static void relay_unlock(struct relay *r)
{
	spin_unlock(&r->lock);
}

static void relay_bump(struct relay *r)
{
	relay_lock(r); /* note: lin-lock-double "relay_lock" */
	r->hops++;
	relay_unlock(r);
}

/* trap: lin-lock-double callee-other-instance */
void relay_forward(struct relay *r)
{
	spin_lock(&r->lock); /* note: lin-lock-double "r->lock" */
	relay_bump(r); /* expect: lin-lock-double "r->lock" */
	spin_unlock(&r->lock);
}

void relay_twice(struct relay *r)
{
	relay_lock(r); /* note: lin-lock-double "relay_lock" */
	r->state = 1;
	relay_lock(r); /* expect: lin-lock-double "r->lock" */
	r->state = 2;
	relay_unlock(r);
}

static int relay_begin(struct relay *r)
{
	if (r->state < 0)
		return -EINVAL;
	mutex_lock(&r->mutex);
	return 0;
}

int relay_update(struct relay *r)
{
	int err = relay_begin(r);

	if (err)
		return err;
	mutex_lock(&r->mutex); /* expect: lin-lock-double "r->mutex" */
	r->hops = 0;
	mutex_unlock(&r->mutex);
	return 0;
}
