/* Queued through a pointer of the driver's. */
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct kitchen_ops {
	void (*order)(void);
	void (*close)(void);
};

static int kitchen_orders;

static void kitchen_work_fn(struct work_struct *work)
{
	kitchen_orders--;
}

static DECLARE_DELAYED_WORK(kitchen_work, kitchen_work_fn);

static void kitchen_order(void)
{
	kitchen_orders++;
	schedule_delayed_work(&kitchen_work, HZ); /* expect: lin-work-not-cancelled "kitchen_work" */
}

static void kitchen_close(void)
{
	kitchen_orders = 0;
}

static const struct kitchen_ops kitchen_ops = { .order = kitchen_order, .close = kitchen_close };

static int __init kitchen_init(void)
{
	kitchen_ops.order();
	return 0;
}
module_init(kitchen_init);

static void __exit kitchen_exit(void)
{
	kitchen_ops.close();
}
module_exit(kitchen_exit);
MODULE_LICENSE("GPL");
