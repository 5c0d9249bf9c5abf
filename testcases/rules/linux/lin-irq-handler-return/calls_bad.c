/* What a helper returns is handed on. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>

struct bus {
	void __iomem *base;
	int irq, events;
};

static int bus_poll(struct bus *b)
{
	if (!readl(b->base))
		return -EAGAIN;
	b->events++;
	return 0;
}

/* trap: lin-irq-handler-return wrapper */
static irqreturn_t bus_interrupt(int irq, void *data)
{
	return bus_poll(data); /* expect: lin-irq-handler-return "bus_interrupt" */
}

int bus_start(struct bus *b)
{
	return request_irq(b->irq, bus_interrupt, IRQF_SHARED, "bus", b);
}
