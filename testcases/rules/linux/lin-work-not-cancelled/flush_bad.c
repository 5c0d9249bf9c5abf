/* A queue of the driver's own is flushed, and the work is on that of the system. */
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

static struct workqueue_struct *waker_queue;
static int waker_calls;

static void waker_fn(struct work_struct *work)
{
	waker_calls++;
}

static DECLARE_WORK(waker_work, waker_fn);

static int __init waker_init(void)
{
	waker_queue = alloc_workqueue("waker", 0, 0);
	if (!waker_queue)
		return -ENOMEM;
	schedule_work(&waker_work); /* expect: lin-work-not-cancelled "waker_work" */
	return 0;
}
module_init(waker_init);

/* trap: lin-work-not-cancelled flushed */
static void __exit waker_exit(void)
{
	destroy_workqueue(waker_queue);
}
module_exit(waker_exit);
MODULE_LICENSE("GPL");
