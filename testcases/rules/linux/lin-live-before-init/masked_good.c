/* The line is off until it is enabled. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct sensor {
	spinlock_t lock;
	struct work_struct work;
	int irq, value;
};

static void sensor_work(struct work_struct *work)
{
	struct sensor *s = container_of(work, struct sensor, work);

	s->value = 0;
}

static irqreturn_t sensor_interrupt(int irq, void *data)
{
	struct sensor *s = data;

	spin_lock(&s->lock);
	s->value++;
	spin_unlock(&s->lock);
	schedule_work(&s->work);
	return IRQ_HANDLED;
}

/* trap: lin-live-before-init masked */
int sensor_masked(struct sensor *s)
{
	int err;

	err = request_irq(s->irq, sensor_interrupt, IRQF_NO_AUTOEN, "sensor", s);
	if (err)
		return err;
	spin_lock_init(&s->lock); /* ok: lin-live-before-init */
	INIT_WORK(&s->work, sensor_work); /* ok: lin-live-before-init */
	enable_irq(s->irq);
	return 0;
}
