/* The same, in the right order. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct horn {
	wait_queue_head_t queue;
	void (*raise)(struct horn *h);
	int irq;
};

static void horn_raise(struct horn *h)
{
	wake_up(&h->queue);
}

static irqreturn_t horn_interrupt(int irq, void *data)
{
	struct horn *h = data;

	h->raise(h);
	return IRQ_HANDLED;
}

int horn_start(struct horn *h)
{
	int err;

	h->raise = horn_raise;
	init_waitqueue_head(&h->queue); /* ok: lin-live-before-init */
	err = request_irq(h->irq, horn_interrupt, 0, "horn", h);
	if (err)
		return err;
	return 0;
}
