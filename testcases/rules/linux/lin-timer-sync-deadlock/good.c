/* Waiting where the timer can end. */
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

static void pager_tick(struct timer_list *t)
{
	struct pager *p = from_timer(p, t, timer);

	spin_lock(&p->lock);
	p->pages++;
	spin_unlock(&p->lock);
	if (p->pages > 9)
		del_timer(&p->timer); /* ok: lin-timer-sync-deadlock */
}

/* Trap: takes the lock only if it gets it. */
/* trap: lin-timer-sync-deadlock trylock */
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
	timer_setup(&p->timer, pager_tick, 0);
	timer_setup(&p->second, pager_second, 0);
	mod_timer(&p->timer, jiffies + HZ);
}

void pager_stop(struct pager *p)
{
	spin_lock_bh(&p->lock);
	p->pages = 0;
	spin_unlock_bh(&p->lock);
	del_timer_sync(&p->timer); /* ok: lin-timer-sync-deadlock */
	spin_lock_bh(&p->other);
	del_timer_sync(&p->second); /* ok: lin-timer-sync-deadlock */
	spin_unlock_bh(&p->other);
}

/* A lock that no callback takes. */
/* trap: lin-timer-sync-deadlock other-lock */
void pager_archive(struct pager *p, spinlock_t *shelf)
{
	spin_lock_bh(shelf);
	p->pages = 0;
	del_timer_sync(&p->timer); /* ok: lin-timer-sync-deadlock */
	spin_unlock_bh(shelf);
}

struct pager_log {
	struct timer_list timer;
	int lines;
};

static void pager_log_tick(struct timer_list *t)
{
	struct pager_log *log = from_timer(log, t, timer);

	log->lines++;
}

void pager_log_start(struct pager_log *log)
{
	timer_setup(&log->timer, pager_log_tick, TIMER_IRQSAFE);
	mod_timer(&log->timer, jiffies + HZ);
}

/* trap: lin-timer-sync-deadlock irqsafe */
void pager_flush(struct pager_log *log)
{
	unsigned long flags;

	local_irq_save(flags);
	del_timer_sync(&log->timer); /* ok: lin-timer-sync-deadlock */
	local_irq_restore(flags);
}
