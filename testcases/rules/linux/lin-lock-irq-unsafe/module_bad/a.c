#include <linux/interrupt.h>
#include "link.h"

static irqreturn_t link_interrupt(int irq, void *data)
{
	struct link *l = data;

	spin_lock(&l->lock);
	l->frames++;
	spin_unlock(&l->lock);
	return IRQ_HANDLED;
}

int link_start(struct link *l, int irq)
{
	return request_irq(irq, link_interrupt, 0, "link", l);
}
