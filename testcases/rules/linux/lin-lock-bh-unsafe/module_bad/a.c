#include <linux/timer.h>
#include "clock.h"

static void clock_tick(struct timer_list *t)
{
	struct clock *c = from_timer(c, t, timer);

	spin_lock(&c->lock);
	c->ticks++;
	spin_unlock(&c->lock);
}

void clock_init(struct clock *c)
{
	timer_setup(&c->timer, clock_tick, 0);
}
