/* Armed once; exit waits until it has expired. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>

struct winker {
	struct timer_list timer;
	struct completion done;
	int winks;
};

static struct winker winker;

/* trap: lin-timer-not-deleted one-shot */
static void winker_once(struct timer_list *t)
{
	struct winker *w = from_timer(w, t, timer);

	w->winks++;
	complete(&w->done);
}

static int __init winker_init(void)
{
	init_completion(&winker.done);
	timer_setup(&winker.timer, winker_once, 0);
	mod_timer(&winker.timer, jiffies + HZ); /* ok: lin-timer-not-deleted */
	return 0;
}
module_init(winker_init);

static void __exit winker_exit(void)
{
	wait_for_completion(&winker.done);
}
module_exit(winker_exit);
MODULE_LICENSE("GPL");
