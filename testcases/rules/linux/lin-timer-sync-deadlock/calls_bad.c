/* The wait is in a helper, the lock in its caller, and the timer takes it in a helper, too. */
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>

struct kiln {
	spinlock_t lock;
	struct timer_list timer;
	int heat;
};

static void kiln_heat(struct kiln *k)
{
	spin_lock(&k->lock);
	k->heat++;
	spin_unlock(&k->lock);
}

static void kiln_tick(struct timer_list *t)
{
	struct kiln *k = from_timer(k, t, timer);

	kiln_heat(k);
}

static void kiln_quiet(struct kiln *k)
{
	del_timer_sync(&k->timer); /* expect: lin-timer-sync-deadlock "del_timer_sync" */
}

void kiln_init(struct kiln *k)
{
	timer_setup(&k->timer, kiln_tick, 0);
}

void kiln_cool(struct kiln *k)
{
	spin_lock_bh(&k->lock);
	k->heat = 0;
	kiln_quiet(k);
	spin_unlock_bh(&k->lock);
}
