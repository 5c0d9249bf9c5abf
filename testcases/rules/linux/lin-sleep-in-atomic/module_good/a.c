/* The half that is called from the interrupt, and leaves the rest to a work item. */
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include "lock.h"

static irqreturn_t gate_interrupt(int irq, void *data)
{
	struct gate *g = data;

	schedule_work(&g->work);
	return IRQ_HANDLED;
}

int gate_start(struct gate *g, int irq)
{
	spin_lock_init(&g->lock);
	INIT_WORK(&g->work, gate_work);
	return request_irq(irq, gate_interrupt, 0, "gate", g);
}

void gate_toggle(struct gate *g)
{
	spin_lock_irq(&g->lock);
	g->open = !g->open;
	spin_unlock_irq(&g->lock);
	gate_notify(g); /* ok: lin-sleep-in-atomic */
}
