/* What is behind the pointer does not sleep, or is called without the lock. */
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
	msleep(50); /* ok: lin-sleep-in-atomic */
}

static void valve_slow_close(struct valve *v)
{
	v->is_open = 0;
	udelay(5);
}

static const struct valve_ops valve_slow_ops = {
	.open = valve_slow_open,
	.close = valve_slow_close,
};

void valve_open(struct valve *v)
{
	v->ops->open(v); /* ok: lin-sleep-in-atomic */
	spin_lock(&v->lock);
	v->is_open++;
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

/* Trap: each caller gives the pause that suits it. */
static void valve_long(void)
{
	msleep(10); /* ok: lin-sleep-in-atomic */
}

static void valve_short(void)
{
	udelay(10);
}

static void valve_turn(struct valve *v, void (*pause)(void))
{
	v->is_open = !v->is_open;
	pause();
}

void valve_turn_twice(struct valve *v)
{
	spin_lock(&v->lock);
	valve_turn(v, valve_short); /* ok: lin-sleep-in-atomic */
	spin_unlock(&v->lock);
	valve_turn(v, valve_long);
}
