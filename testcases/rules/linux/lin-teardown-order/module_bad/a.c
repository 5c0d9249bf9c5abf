#include "fax.h"

int fax_start(struct fax *f)
{
	return request_irq(f->irq, fax_interrupt, 0, "fax", f);
}

void fax_stop(struct fax *f)
{
	destroy_workqueue(f->queue);
	free_irq(f->irq, f); /* expect: lin-teardown-order "f->queue" */
}
