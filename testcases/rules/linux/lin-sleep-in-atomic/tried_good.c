/* A lock that this path holds itself is not had a second time: behind the try there is no way on. */
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

struct turnstile {
	spinlock_t lock;
	int passed;
};

int turnstile_push(struct turnstile *t)
{
	int tries = 0;

again:
	if (!spin_trylock(&t->lock))
		return -EBUSY; /* expect: lin-lock-held-on-exit "t->lock" */
	t->passed++;
	if (tries++ < 1)
		goto again;
	msleep(1); /* ok: lin-sleep-in-atomic */
	return 0;
}
