#include "tank.h"

void tank_fill(struct tank *t)
{
	unsigned long flags;

	spin_lock_irqsave(&t->lock, flags);
	t->fill++;
	spin_unlock_irqrestore(&t->lock, flags);
	tank_measure(t); /* ok: lin-lock-irq-in-irqoff */
}
