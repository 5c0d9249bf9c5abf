/* The flags suit every context they are used in. */
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
};

static struct event *event_make(int value, gfp_t gfp)
{
	struct event *e = kzalloc(sizeof(*e), gfp); /* ok: lin-gfp-atomic */

	if (e)
		e->value = value;
	return e;
}

static struct event *event_default(int value)
{
	return event_make(value, GFP_ATOMIC);
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
	struct event *e = event_make(value, GFP_KERNEL); /* ok: lin-gfp-atomic */

	spin_lock_irq(&m->lock);
	meter_push(m, e);
	spin_unlock_irq(&m->lock);
}

/* From a timer, through a helper that has made up its mind. */
static void meter_tick(struct timer_list *t)
{
	struct meter *m = from_timer(m, t, timer);
	unsigned long flags;

	spin_lock_irqsave(&m->lock, flags);
	meter_push(m, event_default(0)); /* ok: lin-gfp-atomic */
	spin_unlock_irqrestore(&m->lock, flags);
	mod_timer(&m->timer, jiffies + HZ);
}

void meter_start(struct meter *m)
{
	spin_lock_init(&m->lock);
	timer_setup(&m->timer, meter_tick, 0);
}

/* Trap: asks where it is. */
static struct event *event_anywhere(int value)
{
	return event_make(value, in_interrupt() ? GFP_ATOMIC : GFP_KERNEL); /* ok: lin-gfp-atomic */
}

static irqreturn_t meter_interrupt(int irq, void *data)
{
	struct meter *m = data;

	spin_lock(&m->lock);
	meter_push(m, event_anywhere(1));
	spin_unlock(&m->lock);
	return IRQ_HANDLED;
}

int meter_listen(struct meter *m, int irq)
{
	return request_irq(irq, meter_interrupt, 0, "meter", m);
}
