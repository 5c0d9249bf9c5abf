/* Known gaps. */
#include <linux/gfp.h>
#include <linux/slab.h>

/* These flags make the allocator wait for ever rather than fail; the facts cannot say so. */
int *gauge_must(int n)
{
	int *samples = kmalloc(n, GFP_KERNEL | __GFP_NOFAIL);

	samples[0] = 1; /* todo-ok: lin-null-unchecked */
	return samples;
}
