/* vfree() looks itself whether it runs in an interrupt; and what a flag forbids is not done. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

struct wharf {
	struct timer_list timer;
	void *log;
	int busy;
};

static int wharf_wait(struct wharf *w, int state, bool may_sleep)
{
	int tries;

	for (tries = 0; tries < 10 && w->busy != state; tries++) {
		if (may_sleep)
			msleep(10); /* ok: lin-sleep-in-atomic */
		else
			mdelay(1);
	}
	return w->busy == state;
}

static int wharf_command(struct wharf *w, int command, bool may_sleep)
{
	w->busy = command;
	return wharf_wait(w, 0, may_sleep);
}

static void wharf_expired(struct timer_list *t)
{
	struct wharf *w = from_timer(w, t, timer);

	vfree(w->log); /* ok: lin-sleep-in-atomic */
	w->log = NULL;
	wharf_command(w, 3, false);
}

void wharf_start(struct wharf *w)
{
	timer_setup(&w->timer, wharf_expired, 0);
	wharf_command(w, 1, true);
}
