/* Memory that a helper queues for later: the function frees it itself only where that failed. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct depot {
	struct timer_list timer;
	struct workqueue_struct *queue;
	unsigned int sent;
};

struct parcel {
	struct work_struct work;
	struct depot *depot;
	void (*fn)(struct work_struct *work);
	unsigned int size;
};

static void parcel_deliver(struct work_struct *work)
{
	struct parcel *parcel = container_of(work, struct parcel, work);

	parcel->depot->sent += parcel->size;
	kfree(parcel);
}

static struct parcel *parcel_make(struct depot *depot)
{
	struct parcel *parcel = kzalloc(sizeof(*parcel), GFP_ATOMIC);

	if (!parcel)
		return ERR_PTR(-ENOMEM);
	parcel->fn = parcel_deliver;
	parcel->depot = depot;
	return parcel;
}

static int parcel_send(struct parcel *parcel)
{
	INIT_WORK(&parcel->work, parcel->fn);
	if (!parcel->depot || !parcel->depot->queue)
		return -EINVAL;
	if (!queue_work(parcel->depot->queue, &parcel->work))
		return -EINVAL;
	return 0;
}

static void depot_tick(struct timer_list *timer)
{
	struct depot *depot = from_timer(depot, timer, timer);
	struct parcel *parcel = parcel_make(depot);
	int err;

	if (IS_ERR(parcel))
		return;
	parcel->size = depot->sent;
	err = parcel_send(parcel);
	if (err)
		kfree(parcel);
}

int depot_open(struct depot *depot)
{
	depot->queue = alloc_workqueue("depot", 0, 0);
	if (!depot->queue)
		return -ENOMEM;
	timer_setup(&depot->timer, depot_tick, 0);
	mod_timer(&depot->timer, jiffies + HZ);
	return 0;
}

void depot_close(struct depot *depot)
{
	timer_delete_sync(&depot->timer);
	destroy_workqueue(depot->queue);
}
