/* A helper does it, or does not. */
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct cask {
	spinlock_t lock;
	int litres;
};

static void cask_lock(struct cask *c)
{
	spin_lock(&c->lock);
}

static void cask_unlock(struct cask *c)
{
	c->litres = 0;
}

void cask_open(struct cask *c) __acquires(&c->lock)
{
	cask_lock(c);
	c->litres--;
} /* ok: lin-annotation-contradicted */

void cask_close(struct cask *c) __releases(&c->lock)
{
	c->litres++;
	cask_unlock(c);
} /* expect: lin-annotation-contradicted "cask_close" */

static void cask_draw(struct cask *c) __must_hold(&c->lock)
{
	c->litres--;
}

void cask_sell(struct cask *c)
{
	cask_lock(c);
	cask_draw(c); /* ok: lin-annotation-contradicted */
	spin_unlock(&c->lock);
	cask_draw(c); /* expect: lin-annotation-contradicted "cask_draw" */
}
