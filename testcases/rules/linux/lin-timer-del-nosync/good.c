/* Deletions that wait, or need not. */
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct fan {
	struct timer_list timer;
	struct kref ref;
	int speed;
};

/* A shot frees itself. */
struct shot {
	struct timer_list timer;
};

/* A pump's callback holds a reference. */
struct pump {
	struct timer_list timer;
	struct kref ref;
};

/* A lamp is freed only if its callback can not run. */
struct lamp {
	struct timer_list timer;
};

static struct fan *fan;
static struct lamp *lamp;

static void fan_tick(struct timer_list *t)
{
	struct fan *f = from_timer(f, t, timer);

	f->speed++;
	mod_timer(&f->timer, jiffies + HZ);
}

/* trap: lin-timer-del-nosync from-callback */
static void shot_fire(struct timer_list *t)
{
	struct shot *s = from_timer(s, t, timer);

	del_timer(&s->timer);
	kfree(s);
}

void shoot(void)
{
	struct shot *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return;
	timer_setup(&s->timer, shot_fire, 0);
	mod_timer(&s->timer, jiffies + HZ);
}

static void pump_release(struct kref *ref)
{
	struct pump *p = container_of(ref, struct pump, ref);

	del_timer(&p->timer);
	kfree(p);
}

/* trap: lin-timer-del-nosync reference */
static void pump_tick(struct timer_list *t)
{
	struct pump *p = from_timer(p, t, timer);

	kref_put(&p->ref, pump_release);
}

void pump_start(struct pump *p)
{
	timer_setup(&p->timer, pump_tick, 0);
	kref_get(&p->ref);
	mod_timer(&p->timer, jiffies + HZ);
}

static void lamp_off(struct timer_list *t)
{
	struct lamp *l = from_timer(l, t, timer);

	pr_info("%p is off\n", l);
}

/* trap: lin-timer-del-nosync result-used */
void lamp_drop(struct lamp *l)
{
	if (del_timer(&l->timer))
		kfree(l);
}

/* trap: lin-timer-del-nosync only-disarmed */
void fan_pause(struct fan *f)
{
	del_timer(&f->timer);
	f->speed = 0;
}

static void fan_stop(struct fan *f)
{
	del_timer_sync(&f->timer);
}

void fan_destroy(struct fan *f)
{
	fan_stop(f);
	kfree(f);
}

static int __init fan_init(void)
{
	fan = kzalloc(sizeof(*fan), GFP_KERNEL);
	lamp = kzalloc(sizeof(*lamp), GFP_KERNEL);
	if (!fan || !lamp)
		goto fail;
	timer_setup(&fan->timer, fan_tick, 0);
	timer_setup(&lamp->timer, lamp_off, 0);
	mod_timer(&fan->timer, jiffies + HZ);
	return 0;
fail:
	kfree(fan);
	kfree(lamp);
	return -ENOMEM;
}
module_init(fan_init);

static void __exit fan_exit(void)
{
	fan_pause(fan);
	fan_destroy(fan);
	lamp_drop(lamp);
}
module_exit(fan_exit);
MODULE_LICENSE("GPL");
