/* Timers that outlive the module. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>

struct blinker {
	struct timer_list timer;
	struct timer_list once;
	struct hrtimer fine;
	int lit;
};

static struct blinker blinker;

static void blinker_tick(struct timer_list *t)
{
	blinker.lit ^= 1;
	mod_timer(&blinker.timer, jiffies + HZ); /* expect: lin-timer-not-deleted "blinker.timer" */ /* note: lin-timer-not-deleted "blinker.timer is armed here" */
}

static enum hrtimer_restart blinker_fine(struct hrtimer *t)
{
	blinker.lit = 0;
	return HRTIMER_NORESTART;
}

/* trap: lin-timer-not-deleted one-shot */
static int __init blinker_init(void)
{
	timer_setup(&blinker.timer, blinker_tick, 0);
	timer_setup(&blinker.once, blinker_tick, 0);
	hrtimer_init(&blinker.fine, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	blinker.fine.function = blinker_fine;
	blinker.timer.expires = jiffies + HZ;
	add_timer(&blinker.timer);
	mod_timer(&blinker.once, jiffies + 10 * HZ);
	hrtimer_start(&blinker.fine, ms_to_ktime(5), HRTIMER_MODE_REL); /* expect: lin-timer-not-deleted "blinker.fine" */
	return 0;
}
module_init(blinker_init);

/* trap: lin-timer-not-deleted helper-deletes */
static void __exit blinker_exit(void)
{
	/* Not waited for, which is another rule's business. */
	del_timer(&blinker.once); /* expect: lin-timer-del-nosync "blinker_tick" */
}
module_exit(blinker_exit);
MODULE_LICENSE("GPL");
