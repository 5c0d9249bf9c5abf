/* Deleted in one. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>

struct lane {
	struct lane *next;
	struct timer_list timer;
};

static struct lane lanes[2];

static void lane_tick(struct timer_list *t)
{
}

static void lane_start_next(struct lane *l);

static void lane_start(struct lane *l)
{
	timer_setup(&l->timer, lane_tick, 0);
	mod_timer(&l->timer, jiffies + HZ); /* ok: lin-timer-not-deleted */
	lane_start_next(l->next);
}

static void lane_start_next(struct lane *l)
{
	if (l)
		lane_start(l);
}

static void lane_stop_next(struct lane *l);

static void lane_stop(struct lane *l)
{
	del_timer_sync(&l->timer);
	lane_stop_next(l->next);
}

static void lane_stop_next(struct lane *l)
{
	if (l)
		lane_stop(l);
}

static int __init lane_init(void)
{
	lanes[0].next = &lanes[1];
	lane_start(&lanes[0]);
	return 0;
}
module_init(lane_init);

static void __exit lane_exit(void)
{
	lane_stop(&lanes[0]);
}
module_exit(lane_exit);
MODULE_LICENSE("GPL");
