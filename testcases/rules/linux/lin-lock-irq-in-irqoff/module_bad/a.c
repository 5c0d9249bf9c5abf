#include "tank.h"

void tank_fill(struct tank *t)
{
	unsigned long flags;

	spin_lock_irqsave(&t->lock, flags);
	tank_measure(t); /* expect: lin-lock-irq-in-irqoff "t->lock" */
	spin_unlock_irqrestore(&t->lock, flags);
}
