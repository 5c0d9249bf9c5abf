/* Trap: a helper takes and releases the lock. */
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
	spin_unlock(&c->lock);
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
} /* ok: lin-annotation-contradicted */

static void cask_draw(struct cask *c) __must_hold(&c->lock)
{
	c->litres--;
}

void cask_sell(struct cask *c)
{
	cask_lock(c);
	cask_draw(c); /* ok: lin-annotation-contradicted */
	spin_unlock(&c->lock);
}

struct cask_step {
	void (*then)(struct cask_step *step);
	struct cask *cask;
};

static void step_end(struct cask_step *step)
{
	spin_unlock(&step->cask->lock);
}

void steps_add(struct cask_step *step);

static inline void step_run(struct cask_step *step, void (*then)(struct cask_step *step), bool is_now)
{
	step->then = then;
	if (is_now)
		step->then(step);
	else
		steps_add(step);
}

/* Released by the function that is handed over. */
void cask_pass(struct cask *c, struct cask_step *step) __releases(&c->lock)
{
	step->cask = c;
	step_run(step, step_end, true);
} /* ok: lin-annotation-contradicted */
