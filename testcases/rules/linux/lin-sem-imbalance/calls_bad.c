/* Taken by a helper, not given back on one way. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/semaphore.h>

struct valve {
	struct semaphore sem;
	int open;
};

static int valve_take(struct valve *v)
{
	return down_interruptible(&v->sem);
}

static void valve_give(struct valve *v)
{
	up(&v->sem);
}

int valve_open(struct valve *v)
{
	if (valve_take(v))
		return -EINTR; /* ok: lin-sem-imbalance */
	if (v->open)
		return -EBUSY; /* expect: lin-sem-imbalance "v->sem" */
	v->open = 1;
	valve_give(v);
	return 0;
}
