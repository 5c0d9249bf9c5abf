#include "oven.h"

static void oven_tick(struct timer_list *t)
{
	struct oven *o = from_timer(o, t, timer);

	spin_lock(&o->lock);
	o->heat++;
	spin_unlock(&o->lock);
}

void oven_init(struct oven *o)
{
	timer_setup(&o->timer, oven_tick, 0);
}
