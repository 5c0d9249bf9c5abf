#include "oven.h"

void oven_stop(struct oven *o)
{
	spin_lock_bh(&o->lock);
	o->heat = 0;
	del_timer_sync(&o->timer); /* expect: lin-timer-sync-deadlock "del_timer_sync" */
	spin_unlock_bh(&o->lock);
}
