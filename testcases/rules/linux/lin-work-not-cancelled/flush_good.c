/* The queue of the system is flushed; the work does not come again. */
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

static int waker_calls;

static void waker_fn(struct work_struct *work)
{
	waker_calls++;
}

static DECLARE_WORK(waker_work, waker_fn);

static int __init waker_init(void)
{
	schedule_work(&waker_work); /* ok: lin-work-not-cancelled */
	return 0;
}
module_init(waker_init);

/* trap: lin-work-not-cancelled flushed */
static void __exit waker_exit(void)
{
	flush_scheduled_work();
}
module_exit(waker_exit);
MODULE_LICENSE("GPL");
