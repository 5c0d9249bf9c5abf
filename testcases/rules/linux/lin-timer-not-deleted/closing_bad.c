/* Closing leaves the timer armed. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>

static int winks;

static void winker_tick(struct timer_list *t)
{
	winks++;
}

static DEFINE_TIMER(winker_timer, winker_tick);

static int winker_open(struct inode *inode, struct file *file)
{
	mod_timer(&winker_timer, jiffies + HZ); /* expect: lin-timer-not-deleted "winker_timer" */
	return 0;
}

/* trap: lin-timer-not-deleted release-deletes */
static int winker_release(struct inode *inode, struct file *file)
{
	winks = 0;
	return 0;
}

static const struct file_operations winker_fops = {
	.owner = THIS_MODULE,
	.open = winker_open,
	.release = winker_release,
};
static struct miscdevice winker_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "winker", .fops = &winker_fops };

static int __init winker_init(void)
{
	return misc_register(&winker_misc);
}
module_init(winker_init);

static void __exit winker_exit(void)
{
	misc_deregister(&winker_misc);
}
module_exit(winker_exit);
MODULE_LICENSE("GPL");
