/* Work that outlives the module. */
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

static int mixer_level;

static void mixer_work_fn(struct work_struct *work)
{
	mixer_level++;
}

static void mixer_poll_fn(struct work_struct *work);
static DECLARE_WORK(mixer_work, mixer_work_fn);
static DECLARE_DELAYED_WORK(mixer_poll, mixer_poll_fn);

static void mixer_poll_fn(struct work_struct *work)
{
	schedule_delayed_work(&mixer_poll, HZ); /* expect: lin-work-not-cancelled "mixer_poll" */ /* note: lin-work-not-cancelled "mixer_poll is queued here" */
}

/* trap: lin-work-not-cancelled frees-itself */
/* trap: lin-work-not-cancelled own-queue */
static int __init mixer_init(void)
{
	schedule_work(&mixer_work); /* expect: lin-work-not-cancelled "mixer_work" */
	mixer_poll_fn(NULL);
	return 0;
}
module_init(mixer_init);

static void __exit mixer_exit(void)
{
	mixer_level = 0;
}
module_exit(mixer_exit);
MODULE_LICENSE("GPL");
