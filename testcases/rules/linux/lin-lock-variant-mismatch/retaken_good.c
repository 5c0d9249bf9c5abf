/* A helper lets the lock go and takes it again: the flags are still the caller's to restore. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>

struct crank {
	spinlock_t lock;
	int turns;
};

static void crank_pause(struct crank *c)
{
	spin_unlock_irq(&c->lock);
	msleep(1);
	spin_lock_irq(&c->lock);
}

void crank_turn(struct crank *c)
{
	unsigned long flags;

	spin_lock_irqsave(&c->lock, flags);
	c->turns++;
	crank_pause(c);
	spin_unlock_irqrestore(&c->lock, flags); /* ok: lin-lock-variant-mismatch */
}
