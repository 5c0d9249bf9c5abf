/* A jump to the unlocking label from before the lock was taken. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>

struct gauge {
	spinlock_t lock;
	int value;
};

int gauge_set(struct gauge *g, int value)
{
	int err = 0;

	if (value < 0) {
		err = -EINVAL;
		goto out;
	}
	spin_lock(&g->lock);
	g->value = value;
out:
	spin_unlock(&g->lock); /* expect: lin-unlock-not-held "g->lock" */
	return err;
}
