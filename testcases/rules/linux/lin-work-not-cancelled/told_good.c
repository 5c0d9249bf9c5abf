/* The work says itself that it is done, and the exit function waits for that. */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/usb.h>
#include <linux/workqueue.h>

struct ferry {
	struct work_struct unload;
	struct completion unloaded;
	int cargo;
};

static struct ferry ferry;

static void ferry_unload(struct work_struct *work)
{
	struct ferry *f = container_of(work, struct ferry, unload);

	f->cargo = 0;
	complete(&f->unloaded);
}

static int __init ferry_init(void)
{
	INIT_WORK(&ferry.unload, ferry_unload);
	init_completion(&ferry.unloaded);
	schedule_work(&ferry.unload); /* ok: lin-work-not-cancelled */
	return 0;
}

static void __exit ferry_exit(void)
{
	wait_for_completion(&ferry.unloaded);
}

module_init(ferry_init);
module_exit(ferry_exit);
MODULE_LICENSE("GPL");
