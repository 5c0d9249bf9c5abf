#include "oven.h"

void oven_stop(struct oven *o)
{
	spin_lock_bh(&o->lock);
	o->heat = 0;
	spin_unlock_bh(&o->lock);
	del_timer_sync(&o->timer); /* ok: lin-timer-sync-deadlock */
}
