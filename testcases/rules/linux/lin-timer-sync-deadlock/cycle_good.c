/* The cycle only deletes. */
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>

struct wave {
	struct timer_list timer;
	int height;
};

static void wave_fall(struct wave *w);

static void wave_rise(struct wave *w)
{
	if (++w->height < 5)
		wave_fall(w);
	else
		del_timer(&w->timer); /* ok: lin-timer-sync-deadlock */
}

static void wave_fall(struct wave *w)
{
	if (w->height)
		wave_rise(w);
}

static void wave_tick(struct timer_list *t)
{
	struct wave *w = from_timer(w, t, timer);

	wave_fall(w);
}

void wave_init(struct wave *w)
{
	timer_setup(&w->timer, wave_tick, 0);
}
