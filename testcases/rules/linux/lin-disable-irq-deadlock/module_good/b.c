#include "lock.h"

void lock_stop(struct door *d)
{
	mutex_lock(&d->mutex);
	d->open = 0;
	mutex_unlock(&d->mutex);
	disable_irq(d->irq); /* ok: lin-disable-irq-deadlock */
}
