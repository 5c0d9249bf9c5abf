#include "lock.h"

void lock_stop(struct door *d)
{
	mutex_lock(&d->mutex);
	d->open = 0;
	disable_irq(d->irq); /* expect: lin-disable-irq-deadlock "disable_irq" */
	mutex_unlock(&d->mutex);
}
