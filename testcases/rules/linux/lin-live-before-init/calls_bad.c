/* The registration is in one helper, the initialisation in the next. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct motor {
	spinlock_t lock;
	int irq, turns;
};

static irqreturn_t motor_interrupt(int irq, void *data)
{
	struct motor *m = data;

	spin_lock(&m->lock);
	m->turns++;
	spin_unlock(&m->lock);
	return IRQ_HANDLED;
}

static int motor_attach(struct motor *m)
{
	return request_irq(m->irq, motor_interrupt, 0, "motor", m);
}

/* trap: lin-live-before-init across-functions */
static void motor_setup(struct motor *m)
{
	spin_lock_init(&m->lock); /* expect: lin-live-before-init "m->lock" */
	m->turns = 0;
}

int motor_start(struct motor *m)
{
	int err;

	err = motor_attach(m);
	if (!err)
		motor_setup(m); /* note: lin-live-before-init "motor_setup" */
	return err;
}
