/* Trap: deleted through one. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>

struct siren {
	void (*on)(struct siren *s);
	void (*off)(struct siren *s);
	struct timer_list timer;
	int loud;
};

static void siren_tick(struct timer_list *t)
{
}

static void siren_on(struct siren *s)
{
	mod_timer(&s->timer, jiffies + HZ); /* ok: lin-timer-not-deleted */
}

static void siren_off(struct siren *s)
{
	s->loud = 0;
	del_timer_sync(&s->timer);
}

static struct siren siren = { .on = siren_on, .off = siren_off };

static int __init siren_init(void)
{
	timer_setup(&siren.timer, siren_tick, 0);
	siren.on(&siren);
	return 0;
}
module_init(siren_init);

static void __exit siren_exit(void)
{
	siren.off(&siren);
}
module_exit(siren_exit);
MODULE_LICENSE("GPL");
