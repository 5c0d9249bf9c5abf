/* Queued in a cycle of calls. */
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct shelf {
	struct shelf *above;
	struct work_struct work;
};

static struct shelf shelves[3];

static void shelf_work(struct work_struct *work)
{
}

static void shelf_queue_above(struct shelf *s);

static void shelf_queue(struct shelf *s)
{
	INIT_WORK(&s->work, shelf_work);
	schedule_work(&s->work); /* expect: lin-work-not-cancelled "s->work" */
	shelf_queue_above(s->above);
}

static void shelf_queue_above(struct shelf *s)
{
	if (s)
		shelf_queue(s);
}

static int __init shelf_init(void)
{
	shelf_queue(&shelves[0]);
	return 0;
}
module_init(shelf_init);

static void __exit shelf_exit(void)
{
	shelves[0].above = NULL;
}
module_exit(shelf_exit);
MODULE_LICENSE("GPL");
