/* A tasklet that asks the other file for memory. */
#include <linux/interrupt.h>
#include "pool.h"

static void pool_tasklet(struct tasklet_struct *t)
{
	struct pool *p = from_tasklet(p, t, tasklet);

	pool_refill(p);
}

void pool_start(struct pool *p)
{
	tasklet_setup(&p->tasklet, pool_tasklet);
}
