#include "fax.h"

irqreturn_t fax_interrupt(int irq, void *data)
{
	struct fax *f = data;

	queue_work(f->queue, &f->work);
	return IRQ_HANDLED;
}
