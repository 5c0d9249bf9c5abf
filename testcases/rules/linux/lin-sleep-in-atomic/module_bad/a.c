/* The half that is called from the interrupt. */
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include "lock.h"

static irqreturn_t gate_interrupt(int irq, void *data)
{
	struct gate *g = data;

	gate_open(g);
	return IRQ_HANDLED;
}

int gate_start(struct gate *g, int irq)
{
	spin_lock_init(&g->lock);
	return request_irq(irq, gate_interrupt, 0, "gate", g);
}

void gate_toggle(struct gate *g)
{
	spin_lock_irq(&g->lock);
	g->open = !g->open;
	gate_notify(g); /* expect: lin-sleep-in-atomic "g->lock" */
	spin_unlock_irq(&g->lock);
}
