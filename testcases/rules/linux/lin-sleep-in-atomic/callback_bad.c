/* A function pointer is called with the lock held, and every way behind it gives the lock back. */
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

int loom_start(struct loom *loom)
{
	unsigned long flags;
	int err;

	spin_lock_irqsave(&loom->lock, flags); /* note: lin-sleep-in-atomic "loom->lock" */
	err = loom->start(loom);
	if (err)
		goto out;
	loom->pattern = 1;
	msleep(20); /* expect: lin-sleep-in-atomic "loom->lock" */
out:
	spin_unlock_irqrestore(&loom->lock, flags);
	return err;
}
