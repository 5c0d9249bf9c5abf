#include <linux/slab.h>
#include "pool.h"

void pool_refill(struct pool *p)
{
	if (!p->spare)
		p->spare = kmalloc(PAGE_SIZE, GFP_KERNEL); /* expect: lin-gfp-atomic "kmalloc" */
}
