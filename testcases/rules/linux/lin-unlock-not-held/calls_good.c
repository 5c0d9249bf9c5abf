/* Released once, by a helper or here. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>

struct gate {
	spinlock_t lock;
	struct mutex mutex;
	int open;
};

static void gate_leave(struct gate *g)
{
	g->open = 0;
	spin_unlock(&g->lock);
}

void gate_shut(struct gate *g)
{
	spin_lock(&g->lock);
	gate_leave(g); /* ok: lin-unlock-not-held */
}

/* Held only if it says so. */
static int gate_enter(struct gate *g)
{
	if (g->open < 0)
		return -EBUSY;
	return mutex_lock_interruptible(&g->mutex);
}

int gate_pass(struct gate *g)
{
	int err = gate_enter(g);

	if (err)
		return err;
	g->open++;
	mutex_unlock(&g->mutex); /* ok: lin-unlock-not-held */
	return err;
}

static void gate_drop(struct gate *g)
{
	mutex_unlock(&g->mutex);
}

void gate_reset(struct gate *g)
{
	mutex_lock(&g->mutex);
	g->open = 0;
	mutex_unlock(&g->mutex);
	mutex_lock(&g->mutex);
	gate_drop(g); /* ok: lin-unlock-not-held */
}
