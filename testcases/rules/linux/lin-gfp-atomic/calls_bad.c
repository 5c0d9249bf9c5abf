/* The sleeping allocation is below what forbids it, or its flags come from there. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct event {
	struct event *next;
	int value;
};

struct meter {
	spinlock_t lock;
	struct event *events;
	struct timer_list timer;
	struct timer_list warm;
};

static struct event *event_make(int value, gfp_t gfp)
{
	struct event *e = kzalloc(sizeof(*e), gfp);

	if (e)
		e->value = value;
	return e;
}

static struct event *event_default(int value)
{
	return event_make(value, GFP_KERNEL); /* note: lin-gfp-atomic "event_make" */
}

static void meter_push(struct meter *m, struct event *e)
{
	if (e) {
		e->next = m->events;
		m->events = e;
	}
}

void meter_add(struct meter *m, int value)
{
	spin_lock_irq(&m->lock);
	meter_push(m, event_make(value, GFP_KERNEL)); /* expect: lin-gfp-atomic "m->lock" */
	spin_unlock_irq(&m->lock);
}

static void meter_warm(struct timer_list *t)
{
	struct meter *m = from_timer(m, t, warm);

	m->events = kmalloc(64, GFP_NOIO); /* expect: lin-gfp-atomic "meter_warm" */
}

/* From a timer, through a helper that has made up its mind. */
static void meter_tick(struct timer_list *t)
{
	struct meter *m = from_timer(m, t, timer);

	spin_lock(&m->lock);
	meter_push(m, event_default(0)); /* expect: lin-gfp-atomic "m->lock" */
	spin_unlock(&m->lock);
	mod_timer(&m->timer, jiffies + HZ);
}

void meter_start(struct meter *m)
{
	spin_lock_init(&m->lock);
	timer_setup(&m->timer, meter_tick, 0);
	timer_setup(&m->warm, meter_warm, 0);
}
