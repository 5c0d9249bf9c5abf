/* The line is on from the first moment. */
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
int sensor_unmasked(struct sensor *s)
{
	int err = request_irq(s->irq, sensor_interrupt, 0, "sensor", s);

	if (err)
		return err;
	spin_lock_init(&s->lock); /* expect: lin-live-before-init "s->lock" */
	return 0;
}
