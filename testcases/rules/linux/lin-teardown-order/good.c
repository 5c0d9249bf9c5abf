/* The interrupt goes first. */
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
void scanner_stop(struct scanner *s)
{
	/* Trap: the interrupt does not use this one. */
	destroy_workqueue(s->idle); /* ok: lin-teardown-order */
	free_irq(s->irq, s);
	destroy_workqueue(s->queue); /* ok: lin-teardown-order */
	iounmap(s->base); /* ok: lin-teardown-order */
}

/* Trap: switched off before, freed after. */
/* trap: lin-teardown-order masked */
void scanner_quit(struct scanner *s)
{
	disable_irq(s->irq);
	destroy_workqueue(s->queue); /* ok: lin-teardown-order */
	free_irq(s->irq, s);
}

struct scanner_lamp {
	struct workqueue_struct *queue;
	int irq, lit;
};

static irqreturn_t scanner_lamp_interrupt(int irq, void *data)
{
	struct scanner_lamp *lamp = data;

	lamp->lit++;
	return IRQ_HANDLED;
}

int scanner_lamp_start(struct scanner_lamp *lamp)
{
	return request_irq(lamp->irq, scanner_lamp_interrupt, 0, "lamp", lamp);
}

/* The queue of the one, the interrupt of the other. */
/* trap: lin-teardown-order other-device */
void scanner_swap(struct scanner_lamp *lamp, struct scanner *s)
{
	destroy_workqueue(lamp->queue); /* ok: lin-teardown-order */
	free_irq(s->irq, s);
}
