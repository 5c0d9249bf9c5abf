/* Known gaps. */
#include <linux/buffer_head.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

/* That a function of the driver returns NULL when it fails is not demanded of its callers. */
static int *gauge_alloc(int n)
{
	int *samples = kcalloc(n, sizeof(*samples), GFP_KERNEL);

	if (samples)
		samples[0] = n;
	return samples;
}

int gauge_first(int n)
{
	int *samples = gauge_alloc(n);

	n = samples[0]; /* todo-expect: lin-null-unchecked "samples" */
	kfree(samples);
	return n;
}
