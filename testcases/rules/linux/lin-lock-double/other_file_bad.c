/* Taken again behind a call of another file's function. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>

struct relay {
	struct mutex mutex;
	int hops;
};

/* Another file's function, which by its name leaves the lock as it is. */
int relay_poll(struct relay *r);

int relay_wait(struct relay *r)
{
	int err;

	mutex_lock(&r->mutex);
	err = relay_poll(r);
	mutex_lock(&r->mutex); /* expect: lin-lock-double "r->mutex" */
	r->hops = err;
	mutex_unlock(&r->mutex);
	return err;
}
