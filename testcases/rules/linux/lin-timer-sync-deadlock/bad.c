/* Waiting for a timer that waits for the caller. */
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>

struct pager {
	spinlock_t lock;
	spinlock_t other;
	struct timer_list timer;
	struct timer_list second;
	int pages;
};

/* trap: lin-timer-sync-deadlock trylock */
static void pager_tick(struct timer_list *t)
{
	struct pager *p = from_timer(p, t, timer);

	spin_lock(&p->lock);
	p->pages++;
	spin_unlock(&p->lock);
	if (p->pages > 9)
		del_timer_sync(&p->timer); /* expect: lin-timer-sync-deadlock "del_timer_sync" */
}

/* Trap: takes the lock only if it gets it. */
static void pager_second(struct timer_list *t)
{
	struct pager *p = from_timer(p, t, second);

	if (spin_trylock(&p->other)) {
		p->pages--;
		spin_unlock(&p->other);
	}
}

void pager_start(struct pager *p)
{
	timer_setup(&p->timer, pager_tick, 0); /* note: lin-timer-sync-deadlock "`pager_tick` becomes timer here" */
	timer_setup(&p->second, pager_second, 0);
	mod_timer(&p->timer, jiffies + HZ);
}

/* trap: lin-timer-sync-deadlock irqsafe */
/* trap: lin-timer-sync-deadlock other-lock */
void pager_stop(struct pager *p)
{
	spin_lock_bh(&p->lock);
	p->pages = 0;
	del_timer_sync(&p->timer); /* expect: lin-timer-sync-deadlock "del_timer_sync" */
	spin_unlock_bh(&p->lock);
	spin_lock_bh(&p->other);
	del_timer_sync(&p->second); /* ok: lin-timer-sync-deadlock */
	spin_unlock_bh(&p->other);
}
