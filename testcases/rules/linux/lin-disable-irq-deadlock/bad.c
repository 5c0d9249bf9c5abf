/* Waiting for a handler that waits for the caller. */
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct gyro {
	spinlock_t lock;
	struct mutex mutex;
	int irq, other_irq, angle;
};

/* trap: lin-disable-irq-deadlock no-wait */
static irqreturn_t gyro_interrupt(int irq, void *data)
{
	struct gyro *g = data;

	disable_irq(irq); /* expect: lin-disable-irq-deadlock "disable_irq" */ /* expect: lin-sleep-in-atomic "disable_irq" */
	spin_lock(&g->lock);
	g->angle++;
	spin_unlock(&g->lock);
	return IRQ_WAKE_THREAD;
}

/* trap: lin-disable-irq-deadlock other-line */
static irqreturn_t gyro_thread(int irq, void *data)
{
	struct gyro *g = data;

	mutex_lock(&g->mutex);
	g->angle = 0;
	mutex_unlock(&g->mutex);
	disable_irq(irq); /* expect: lin-disable-irq-deadlock "disable_irq" */
	return IRQ_HANDLED;
}

int gyro_start(struct gyro *g)
{
	return request_threaded_irq(g->irq, gyro_interrupt, gyro_thread, 0, "gyro", g); /* note: lin-disable-irq-deadlock "`gyro_thread` becomes irq-thread here" */
}

/* trap: lin-disable-irq-deadlock other-lock */
void gyro_stop(struct gyro *g)
{
	mutex_lock(&g->mutex);
	g->angle = -1;
	free_irq(g->irq, g); /* expect: lin-disable-irq-deadlock "free_irq" */
	mutex_unlock(&g->mutex);
}
