/* The queue goes before the interrupt that feeds it. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct scanner {
	struct workqueue_struct *queue;
	struct workqueue_struct *idle;
	struct work_struct work;
	struct timer_list timer;
	void __iomem *base;
	int irq;
};

static irqreturn_t scanner_interrupt(int irq, void *data)
{
	struct scanner *s = data;

	if (!readl(s->base))
		return IRQ_NONE;
	queue_work(s->queue, &s->work);
	return IRQ_HANDLED;
}

int scanner_start(struct scanner *s)
{
	return request_irq(s->irq, scanner_interrupt, IRQF_SHARED, "scanner", s);
}

/* trap: lin-teardown-order unused-object */
/* trap: lin-teardown-order other-device */
/* trap: lin-teardown-order masked */
void scanner_stop(struct scanner *s)
{
	destroy_workqueue(s->queue); /* note: lin-teardown-order "" */
	iounmap(s->base);
	free_irq(s->irq, s); /* expect: lin-teardown-order "s->queue" */ /* expect: lin-teardown-order "s->base" */
	destroy_workqueue(s->idle);
}
