/* The callback says that it is the callback, and then nobody waits for it. */
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>

struct kiln {
	struct timer_list timer;
	int heat;
};

static void kiln_finish(struct kiln *k, bool by_timer)
{
	if (!by_timer)
		del_timer_sync(&k->timer); /* ok: lin-timer-sync-deadlock */
	k->heat = 0;
}

static void kiln_expired(struct timer_list *t)
{
	struct kiln *k = from_timer(k, t, timer);

	kiln_finish(k, true);
}

void kiln_start(struct kiln *k)
{
	timer_setup(&k->timer, kiln_expired, 0);
	mod_timer(&k->timer, jiffies + HZ);
}

void kiln_stop(struct kiln *k)
{
	kiln_finish(k, false);
}

/* Told by a bit of the object. */
#define OVEN_EXPIRING 1
#define OVEN_COLD 2

struct oven {
	struct timer_list timer;
	unsigned int state;
};

static void oven_finish(struct oven *o)
{
	o->state |= OVEN_COLD;
	if (!(o->state & OVEN_EXPIRING))
		del_timer_sync(&o->timer); /* ok: lin-timer-sync-deadlock */
}

void oven_log(struct oven *o);

static void oven_expired(struct timer_list *t)
{
	struct oven *o = from_timer(o, t, timer);

	o->state |= OVEN_EXPIRING;
	oven_log(o);
	oven_finish(o);
	o->state &= ~OVEN_EXPIRING;
}

void oven_start(struct oven *o)
{
	timer_setup(&o->timer, oven_expired, 0);
	mod_timer(&o->timer, jiffies + HZ);
}

void oven_stop(struct oven *o)
{
	oven_finish(o);
}
