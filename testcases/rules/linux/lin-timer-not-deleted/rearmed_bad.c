/* Armed anew by its own callback: one loss, said once. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>

static struct timer_list pulse;
static unsigned int beats;

static void pulse_beat(struct timer_list *timer)
{
	beats++;
	mod_timer(timer, jiffies + HZ);
}

static int __init pulse_init(void)
{
	timer_setup(&pulse, pulse_beat, 0);
	mod_timer(&pulse, jiffies + HZ); /* expect: lin-timer-not-deleted "pulse" */
	return 0;
}
module_init(pulse_init);

static void __exit pulse_exit(void)
{
	pr_info("pulse: %u beats\n", beats);
}
module_exit(pulse_exit);
MODULE_LICENSE("GPL");
