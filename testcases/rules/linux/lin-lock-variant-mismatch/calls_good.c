/* The forms agree. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>

struct cart {
	spinlock_t lock;
	int load;
};

static void cart_unlock(struct cart *c)
{
	spin_unlock_bh(&c->lock);
}

static void cart_lock(struct cart *c)
{
	spin_lock_bh(&c->lock);
}

void cart_fill(struct cart *c)
{
	cart_lock(c);
	c->load++;
	cart_unlock(c); /* ok: lin-lock-variant-mismatch */
}
