#include "tank.h"

void tank_measure(struct tank *t)
{
	spin_lock_irq(&t->gauge_lock);
	t->gauge = t->fill;
	spin_unlock_irq(&t->gauge_lock);
}
