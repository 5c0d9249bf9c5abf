/* Delays given to timers, and moments to delayed work. */
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/sched.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct beat {
	struct timer_list timer;
	struct delayed_work sample;
	struct workqueue_struct *wq;
	struct completion done;
	wait_queue_head_t waiters;
	unsigned int period, beats;
};

void beat_second(struct beat *b)
{
	mod_timer(&b->timer, HZ); /* expect: lin-timer-expires-relative "HZ is a delay" */ /* note: lin-timer-expires-relative "mod_timer needs the moment to expire at," */
}

/* trap: lin-timer-expires-relative converted-delay */
void beat_period(struct beat *b)
{
	mod_timer(&b->timer, msecs_to_jiffies(b->period)); /* expect: lin-timer-expires-relative "is a delay" */
}

/* trap: lin-timer-expires-relative expiry-in-variable */
void beat_start(struct beat *b)
{
	unsigned long delay = b->period * HZ;

	b->timer.expires = delay / 2;
	add_timer(&b->timer); /* expect: lin-timer-expires-relative "b->timer.expires is a delay" */
}

/* trap: lin-timer-expires-relative round-jiffies */
void beat_rounded(struct beat *b)
{
	timer_reduce(&b->timer, round_jiffies_relative(2 * HZ)); /* expect: lin-timer-expires-relative "is a delay" */
}

/* trap: lin-timer-expires-relative at-once */
void beat_soon(struct beat *b)
{
	mod_timer(&b->timer, 1); /* expect: lin-timer-expires-relative "1 is a delay" */
}

void beat_sample(struct beat *b)
{
	unsigned long when = jiffies + msecs_to_jiffies(b->period);

	schedule_delayed_work(&b->sample, jiffies + HZ); /* expect: lin-timer-expires-relative "is a moment" */
	queue_delayed_work(b->wq, &b->sample, when); /* expect: lin-timer-expires-relative "when is a moment" */
}

int beat_wait(struct beat *b)
{
	if (!wait_event_timeout(b->waiters, b->beats > 3, jiffies + 5 * HZ)) /* expect: lin-timer-expires-relative "is a moment" */
		return -ETIMEDOUT;
	set_current_state(TASK_INTERRUPTIBLE);
	schedule_timeout(jiffies + HZ / 10); /* expect: lin-timer-expires-relative "is a moment" */
	return 0;
}
