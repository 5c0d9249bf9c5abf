/* Waiting where the handler can end. */
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct gyro {
	spinlock_t lock;
	struct mutex mutex, config;
	int irq, other_irq, angle;
};

/* trap: lin-disable-irq-deadlock no-wait */
static irqreturn_t gyro_interrupt(int irq, void *data)
{
	struct gyro *g = data;

	disable_irq_nosync(irq); /* ok: lin-disable-irq-deadlock */
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
	/* Trap: another line. */
	disable_irq(g->other_irq); /* ok: lin-disable-irq-deadlock */
	return IRQ_HANDLED;
}

int gyro_start(struct gyro *g)
{
	return request_threaded_irq(g->irq, gyro_interrupt, gyro_thread, 0, "gyro", g);
}

void gyro_stop(struct gyro *g)
{
	mutex_lock(&g->mutex);
	g->angle = -1;
	mutex_unlock(&g->mutex);
	free_irq(g->irq, g); /* ok: lin-disable-irq-deadlock */
}

/* The handler never takes this one. */
/* trap: lin-disable-irq-deadlock other-lock */
void gyro_pause(struct gyro *g)
{
	mutex_lock(&g->config);
	g->angle = 0;
	free_irq(g->irq, g); /* ok: lin-disable-irq-deadlock */
	mutex_unlock(&g->config);
}
