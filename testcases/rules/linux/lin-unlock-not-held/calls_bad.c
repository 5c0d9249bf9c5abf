/* Released by a helper, and then again. */
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
	gate_leave(g); /* note: lin-unlock-not-held "gate_leave" */
	spin_unlock(&g->lock); /* expect: lin-unlock-not-held "g->lock" */
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

	if (!err)
		g->open++;
	mutex_unlock(&g->mutex); /* expect: lin-unlock-not-held "g->mutex" */
	return err;
}

static void gate_drop(struct gate *g)
{
	mutex_unlock(&g->mutex);
}

/* trap: lin-unlock-not-held callee-retakes */
void gate_reset(struct gate *g)
{
	mutex_lock(&g->mutex);
	g->open = 0;
	mutex_unlock(&g->mutex);
	gate_drop(g); /* expect: lin-unlock-not-held "g->mutex" */
}
