#include <linux/timer.h>
#include "metro.h"

int metro_beats;

static void metro_tick(struct timer_list *t)
{
	metro_beats++;
}

static DEFINE_TIMER(metro_timer, metro_tick);

void metro_start(void)
{
	mod_timer(&metro_timer, jiffies + HZ); /* expect: lin-timer-not-deleted "metro_timer" */
}

void metro_stop(void)
{
	metro_beats = -1;
}
