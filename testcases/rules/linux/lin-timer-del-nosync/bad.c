/* Timers whose callbacks may outlive their data. */
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct fan {
	struct timer_list timer;
	struct timer_list spin_down;
	struct timer_list watchdog;
	struct kref ref;
	int speed;
};

static struct fan *fan;
static struct timer_list fan_led;
static int fan_led_on;

static void fan_tick(struct timer_list *t)
{
	struct fan *f = from_timer(f, t, timer);

	f->speed++;
	mod_timer(&f->timer, jiffies + HZ);
}

static void fan_spin_down(struct timer_list *t)
{
	struct fan *f = from_timer(f, t, spin_down);

	f->speed = 0;
}

static void fan_watch(struct timer_list *t)
{
	struct fan *f = from_timer(f, t, watchdog);

	if (!f->speed)
		pr_warn("fan stands still\n");
}

static void fan_blink(struct timer_list *t)
{
	fan_led_on = !fan_led_on;
	mod_timer(&fan_led, jiffies + HZ / 2);
}

struct fan *fan_create(void)
{
	struct fan *f = kzalloc(sizeof(*f), GFP_KERNEL);

	if (!f)
		return NULL;
	kref_init(&f->ref);
	timer_setup(&f->timer, fan_tick, 0); /* note: lin-timer-del-nosync "`fan_tick` becomes its callback" */
	timer_setup(&f->spin_down, fan_spin_down, 0);
	timer_setup(&f->watchdog, fan_watch, 0);
	mod_timer(&f->timer, jiffies + HZ);
	return f;
}

/* trap: lin-timer-del-nosync only-disarmed */
void fan_destroy(struct fan *f)
{
	del_timer(&f->timer); /* note: lin-timer-del-nosync "f->timer is deleted here" */
	kfree(f);	      /* expect: lin-timer-del-nosync "f is freed while fan_tick may still run: del_timer" */
}

/* trap: lin-timer-del-nosync result-used */
static void fan_halt(struct fan *f)
{
	try_to_del_timer_sync(&f->spin_down);
	f->speed = 0;
}

void fan_drop(struct fan *f)
{
	fan_halt(f); /* note: lin-timer-del-nosync "calls `fan_halt`" */
	kfree(f);    /* expect: lin-timer-del-nosync "f is freed while fan_spin_down may still run" */
}

/* trap: lin-timer-del-nosync reference */
static void fan_release(struct kref *ref)
{
	struct fan *f = container_of(ref, struct fan, ref);

	del_timer(&f->watchdog);
	kfree(f); /* expect: lin-timer-del-nosync "f is freed while fan_watch may still run" */
}

void fan_put(struct fan *f)
{
	mod_timer(&f->spin_down, jiffies + HZ);
	mod_timer(&f->watchdog, jiffies + HZ);
	kref_put(&f->ref, fan_release);
}

static int __init fan_init(void)
{
	fan = fan_create();
	if (!fan)
		return -ENOMEM;
	timer_setup(&fan_led, fan_blink, 0);
	mod_timer(&fan_led, jiffies + HZ);
	return 0;
}
module_init(fan_init);

/* trap: lin-timer-del-nosync from-callback */
static void __exit fan_exit(void)
{
	fan_put(fan);
	del_timer(&fan_led); /* expect: lin-timer-del-nosync "del_timer does not wait for fan_blink" */
}
module_exit(fan_exit);
MODULE_LICENSE("GPL");
