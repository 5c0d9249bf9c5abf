/* Both ends are in helpers, in the wrong order. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct reader {
	struct workqueue_struct *queue;
	struct work_struct work;
	int irq;
};

static void reader_kick(struct reader *r)
{
	queue_work(r->queue, &r->work);
}

static irqreturn_t reader_interrupt(int irq, void *data)
{
	reader_kick(data);
	return IRQ_HANDLED;
}

static void reader_drop_queue(struct reader *r)
{
	destroy_workqueue(r->queue);
	r->queue = NULL;
}

static void reader_drop_irq(struct reader *r)
{
	free_irq(r->irq, r); /* expect: lin-teardown-order "r->queue" */
}

int reader_start(struct reader *r)
{
	return request_irq(r->irq, reader_interrupt, 0, "reader", r);
}

void reader_stop(struct reader *r)
{
	reader_drop_queue(r); /* note: lin-teardown-order "" */
	reader_drop_irq(r);
}
