/* A function pointer is called with the lock held and may have let it go. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kmod.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/semaphore.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>

struct loom {
	spinlock_t lock;
	int (*start)(struct loom *loom);
	int pattern;
};

/* Called with the lock held; on success the callback has given it back. */
int loom_start(struct loom *loom)
{
	int err;

	spin_lock(&loom->lock);
	err = loom->start(loom);
	if (err) {
		spin_unlock(&loom->lock);
		return err;
	}
	msleep(20); /* ok: lin-sleep-in-atomic */
	return 0;
}

/* The callback gives it back, and it is taken anew. */
void loom_stop(struct loom *loom)
{
	spin_lock(&loom->lock);
	loom->start(loom);
	msleep(20); /* ok: lin-sleep-in-atomic */
	spin_lock(&loom->lock);
	loom->pattern = 0;
	spin_unlock(&loom->lock);
}
