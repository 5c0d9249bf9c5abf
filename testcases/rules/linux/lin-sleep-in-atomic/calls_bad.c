/* The sleep is some calls below what forbids it. */
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
		msleep(20); /* note: lin-sleep-in-atomic "msleep" */ /* expect: lin-sleep-in-atomic "pump_tick" */
}

static void pump_move(struct pump *p, int level)
{
	p->level = level;
	pump_settle(p); /* note: lin-sleep-in-atomic "pump_settle" */
}

void pump_set(struct pump *p, int level)
{
	spin_lock(&p->lock); /* note: lin-sleep-in-atomic "p->lock" */
	pump_move(p, level); /* expect: lin-sleep-in-atomic "p->lock" */
	spin_unlock(&p->lock);
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
	usleep_range(10, 20); /* expect: lin-sleep-in-atomic "usleep_range" */
	pump_unlock(p);
}

/* From the interrupt: said at the call that sleeps, with the way to it. */
static void pump_reconfigure(struct pump *p)
{
	mutex_lock(&p->config); /* expect: lin-sleep-in-atomic "mutex_lock" */
	p->level = 1;
	mutex_unlock(&p->config);
}

static irqreturn_t pump_interrupt(int irq, void *data) /* note: lin-sleep-in-atomic "pump_interrupt" */
{
	struct pump *p = data;

	if (!p->level)
		return IRQ_NONE;
	pump_reconfigure(p); /* note: lin-sleep-in-atomic "pump_reconfigure" */
	return IRQ_HANDLED;
}

static void pump_tick(struct timer_list *t)
{
	struct pump *p = from_timer(p, t, timer);

	pump_settle(p);
	mod_timer(&p->timer, jiffies + HZ);
}

static void pump_tasklet(struct tasklet_struct *t)
{
	struct pump *p = from_tasklet(p, t, tasklet);

	cancel_work_sync(&p->work); /* expect: lin-sleep-in-atomic "cancel_work_sync" */
}

int pump_start(struct pump *p)
{
	timer_setup(&p->timer, pump_tick, 0);
	tasklet_setup(&p->tasklet, pump_tasklet);
	return request_irq(p->irq, pump_interrupt, 0, "pump", p); /* note: lin-sleep-in-atomic "pump_interrupt" */
}
