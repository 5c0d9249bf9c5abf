/* The handler reaches the queue through a pointer. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct gauge {
	struct workqueue_struct *queue;
	struct work_struct work;
	void (*notify)(struct gauge *g);
	int irq;
};

static void gauge_notify(struct gauge *g)
{
	queue_work(g->queue, &g->work);
}

static irqreturn_t gauge_interrupt(int irq, void *data)
{
	struct gauge *g = data;

	g->notify(g);
	return IRQ_HANDLED;
}

int gauge_start(struct gauge *g)
{
	g->notify = gauge_notify;
	return request_irq(g->irq, gauge_interrupt, 0, "gauge", g);
}

void gauge_stop(struct gauge *g)
{
	destroy_workqueue(g->queue);
	free_irq(g->irq, g); /* expect: lin-teardown-order "g->queue" */
}
