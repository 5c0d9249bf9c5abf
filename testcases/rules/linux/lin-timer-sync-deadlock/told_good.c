/* The callback says that it is the callback, and then nobody waits for it. */
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
