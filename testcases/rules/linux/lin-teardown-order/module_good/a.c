#include "fax.h"

int fax_start(struct fax *f)
{
	return request_irq(f->irq, fax_interrupt, 0, "fax", f);
}

void fax_stop(struct fax *f)
{
	free_irq(f->irq, f);
	destroy_workqueue(f->queue); /* ok: lin-teardown-order */
}
