/* The same parts; what sleeps is reached where it may. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

struct pump {
	spinlock_t lock;
	struct mutex config;
	struct timer_list timer;
	struct tasklet_struct tasklet;
	struct work_struct work;
	int irq, level;
};

static void pump_settle(struct pump *p)
{
	if (p->level)
		msleep(20); /* ok: lin-sleep-in-atomic */
}

static void pump_move(struct pump *p, int level)
{
	p->level = level;
	pump_settle(p);
}

void pump_set(struct pump *p, int level)
{
	spin_lock(&p->lock);
	p->level = level;
	spin_unlock(&p->lock);
	pump_move(p, level); /* ok: lin-sleep-in-atomic */
}

/* The helper takes the lock, its caller does the rest. */
static void pump_lock(struct pump *p)
{
	spin_lock_bh(&p->lock);
}

static void pump_unlock(struct pump *p)
{
	spin_unlock_bh(&p->lock);
}

void pump_drain(struct pump *p)
{
	pump_lock(p);
	p->level = 0;
	pump_unlock(p);
	usleep_range(10, 20); /* ok: lin-sleep-in-atomic */
}

/* From the interrupt: said at the call that sleeps, with the way to it. */
static void pump_reconfigure(struct pump *p)
{
	mutex_lock(&p->config); /* ok: lin-sleep-in-atomic */
	p->level = 1;
	mutex_unlock(&p->config);
}

static void pump_work(struct work_struct *work)
{
	pump_reconfigure(container_of(work, struct pump, work));
}

static irqreturn_t pump_interrupt(int irq, void *data)
{
	struct pump *p = data;

	if (!p->level)
		return IRQ_NONE;
	schedule_work(&p->work);
	return IRQ_HANDLED;
}

static void pump_tick(struct timer_list *t)
{
	struct pump *p = from_timer(p, t, timer);

	p->level--;
	mod_timer(&p->timer, jiffies + HZ);
}

static void pump_tasklet(struct tasklet_struct *t)
{
	struct pump *p = from_tasklet(p, t, tasklet);

	cancel_work(&p->work); /* ok: lin-sleep-in-atomic */
}

int pump_start(struct pump *p)
{
	timer_setup(&p->timer, pump_tick, 0);
	tasklet_setup(&p->tasklet, pump_tasklet);
	INIT_WORK(&p->work, pump_work);
	return request_irq(p->irq, pump_interrupt, 0, "pump", p);
}

/* Trap: a thread of the interrupt may sleep. */
static irqreturn_t pump_thread(int irq, void *data)
{
	pump_reconfigure(data);
	return IRQ_HANDLED;
}

int pump_start_threaded(struct pump *p)
{
	return request_threaded_irq(p->irq, pump_interrupt, pump_thread, IRQF_ONESHOT, "pump", p);
}

/* Trap: the callee sleeps only when told so. */
static void pump_wait(struct pump *p, bool may_sleep)
{
	if (may_sleep)
		msleep(1); /* ok: lin-sleep-in-atomic */
	else
		udelay(100);
}

void pump_prime(struct pump *p)
{
	spin_lock(&p->lock);
	pump_wait(p, false); /* ok: lin-sleep-in-atomic */
	spin_unlock(&p->lock);
	pump_wait(p, true);
}

/* Trap: the callee drops its caller's lock while it sleeps. */
static void pump_relax(struct pump *p)
{
	spin_unlock(&p->lock);
	msleep(1); /* ok: lin-sleep-in-atomic */
	spin_lock(&p->lock);
}

void pump_fill(struct pump *p)
{
	spin_lock(&p->lock);
	while (p->level < 10)
		pump_relax(p); /* ok: lin-sleep-in-atomic */
	spin_unlock(&p->lock);
}

/* Trap: one helper for both contexts, which asks where it is. */
static void pump_pause(struct pump *p)
{
	if (in_interrupt() || irqs_disabled())
		udelay(10);
	else
		msleep(10); /* ok: lin-sleep-in-atomic */
}

static irqreturn_t pump_pulse(int irq, void *data)
{
	pump_pause(data);
	return IRQ_HANDLED;
}

int pump_start_pulse(struct pump *p)
{
	return request_irq(p->irq, pump_pulse, 0, "pulse", p);
}
