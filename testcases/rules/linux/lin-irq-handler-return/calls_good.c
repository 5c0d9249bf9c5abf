/* Trap: the helper knows whose interrupt it was. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>

struct bus {
	void __iomem *base;
	int irq, events;
};

static irqreturn_t bus_poll(struct bus *b)
{
	if (!readl(b->base))
		return IRQ_NONE;
	b->events++;
	return IRQ_HANDLED;
}

static irqreturn_t bus_interrupt(int irq, void *data)
{
	return bus_poll(data); /* ok: lin-irq-handler-return */
}

int bus_start(struct bus *b)
{
	return request_irq(b->irq, bus_interrupt, IRQF_SHARED, "bus", b);
}
