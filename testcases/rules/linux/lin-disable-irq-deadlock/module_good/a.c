#include "lock.h"

static irqreturn_t lock_thread(int irq, void *data)
{
	struct door *d = data;

	mutex_lock(&d->mutex);
	d->open = 1;
	mutex_unlock(&d->mutex);
	return IRQ_HANDLED;
}

int lock_start(struct door *d)
{
	return request_threaded_irq(d->irq, NULL, lock_thread, IRQF_ONESHOT, "door", d);
}
