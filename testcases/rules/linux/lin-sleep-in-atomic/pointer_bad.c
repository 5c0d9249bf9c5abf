/* The sleep is behind a pointer of the driver's own table. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

struct valve;

struct valve_ops {
	void (*open)(struct valve *v);
	void (*close)(struct valve *v);
};

struct valve {
	spinlock_t lock;
	const struct valve_ops *ops;
	struct timer_list timer;
	int is_open;
};

static void valve_slow_open(struct valve *v)
{
	v->is_open = 1;
	msleep(50);
}

static void valve_slow_close(struct valve *v)
{
	v->is_open = 0;
	ssleep(1); /* expect: lin-sleep-in-atomic "ssleep" */
}

static const struct valve_ops valve_slow_ops = {
	.open = valve_slow_open,
	.close = valve_slow_close,
};

/* trap: lin-sleep-in-atomic function-pointer */
void valve_open(struct valve *v)
{
	spin_lock(&v->lock);
	v->ops->open(v); /* expect: lin-sleep-in-atomic "v->lock" */
	spin_unlock(&v->lock);
}

static void valve_expired(struct timer_list *t)
{
	struct valve *v = from_timer(v, t, timer);

	v->ops->close(v);
}

void valve_create(struct valve *v)
{
	spin_lock_init(&v->lock);
	v->ops = &valve_slow_ops;
	timer_setup(&v->timer, valve_expired, 0);
}
