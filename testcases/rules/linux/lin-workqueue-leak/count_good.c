/* The function returns how many it has enabled: that is no error. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct dock {
	struct workqueue_struct *queue;
};

void dock_count(struct dock *d, int count);

int dock_enable(struct dock *d, int count)
{
	if (!count)
		return 0;
	d->queue = alloc_workqueue("dock", 0, 0);
	if (!d->queue)
		return -ENOMEM;
	dock_count(d, count);
	return count; /* ok: lin-workqueue-leak */
}
