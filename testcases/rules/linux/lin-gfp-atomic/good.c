/* Allocated before the lock, or without sleeping. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct crane {
	spinlock_t lock;
	struct mutex mutex;
	char *load;
	int height;
};

int crane_lift(struct crane *c, size_t n)
{
	char *p = kmalloc(n, GFP_KERNEL); /* ok: lin-gfp-atomic */

	if (!p)
		return -ENOMEM;
	spin_lock(&c->lock);
	c->load = p;
	spin_unlock(&c->lock);
	return 0;
}

int crane_atomic(struct crane *c, size_t n)
{
	spin_lock(&c->lock);
	c->load = kmalloc(n, GFP_ATOMIC); /* ok: lin-gfp-atomic */
	if (!c->load)
		c->load = kmalloc(n / 2, GFP_NOWAIT | __GFP_NOWARN); /* ok: lin-gfp-atomic */
	spin_unlock(&c->lock);
	return c->load ? 0 : -ENOMEM;
}

/* A mutex may be held while sleeping. */
int crane_mutex(struct crane *c, size_t n)
{
	mutex_lock(&c->mutex);
	c->load = kmalloc(n, GFP_KERNEL); /* ok: lin-gfp-atomic */
	mutex_unlock(&c->mutex);
	return c->load ? 0 : -ENOMEM;
}

/* Trap: the caller chooses the flags. */
/* trap: lin-gfp-atomic caller-chooses */
int crane_param(struct crane *c, size_t n, gfp_t gfp)
{
	spin_lock(&c->lock);
	c->load = kmalloc(n, gfp); /* ok: lin-gfp-atomic */
	spin_unlock(&c->lock);
	return c->load ? 0 : -ENOMEM;
}

/* Trap: chosen by context. */
/* trap: lin-gfp-atomic by-context */
int crane_context(struct crane *c, size_t n)
{
	gfp_t gfp = in_interrupt() ? GFP_ATOMIC : GFP_KERNEL;

	c->load = kmalloc(n, gfp); /* ok: lin-gfp-atomic */
	return c->load ? 0 : -ENOMEM;
}

/* Trap: called with the lock and without it; the argument says which. */
/* trap: lin-gfp-atomic both-contexts */
static char *crane_alloc(struct crane *c, size_t n, bool locked)
{
	return kmalloc(n, locked ? GFP_ATOMIC : GFP_KERNEL); /* ok: lin-gfp-atomic */
}

int crane_either(struct crane *c, size_t n)
{
	c->load = crane_alloc(c, n, false);
	if (c->load)
		return 0;
	spin_lock(&c->lock);
	c->load = crane_alloc(c, n / 2, true); /* ok: lin-gfp-atomic */
	spin_unlock(&c->lock);
	return c->load ? 0 : -ENOMEM;
}

/* Trap: locked only when it does not allocate. */
/* trap: lin-gfp-atomic conditional-lock */
int crane_conditional(struct crane *c, bool busy)
{
	char *p = NULL;

	if (busy)
		spin_lock(&c->lock);
	if (!busy)
		p = kmalloc(32, GFP_KERNEL); /* ok: lin-gfp-atomic */
	c->height++;
	if (busy)
		spin_unlock(&c->lock);
	kfree(p);
	return 0;
}

/* Trap: dropped around the allocation. */
int crane_drop(struct crane *c)
{
	char *p;

	spin_lock(&c->lock);
	if (!c->load) {
		spin_unlock(&c->lock);
		p = kmalloc(32, GFP_KERNEL); /* ok: lin-gfp-atomic */
		spin_lock(&c->lock);
		c->load = p;
	}
	spin_unlock(&c->lock);
	return 0;
}
