/* Moments for timers, delays for everything else. */
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
	wait_queue_head_t waiters;
	unsigned long next, timeout;
	unsigned int period, beats;
};

/* trap: lin-timer-expires-relative converted-delay */
void beat_period(struct beat *b)
{
	mod_timer(&b->timer, jiffies + msecs_to_jiffies(b->period));
}

/* trap: lin-timer-expires-relative expiry-in-variable */
void beat_start(struct beat *b, bool slow)
{
	unsigned long delay = HZ, when;

	if (slow)
		delay *= 10;
	when = jiffies + delay;
	mod_timer(&b->timer, when);
	b->timer.expires = delay;
	b->timer.expires += jiffies;
	add_timer(&b->timer);
}

void beat_stored(struct beat *b)
{
	b->next += b->period * HZ;
	mod_timer(&b->timer, b->next);
	mod_timer(&b->timer, b->timer.expires + HZ);
	schedule_delayed_work(&b->sample, b->next - jiffies);
	queue_delayed_work(b->wq, &b->sample, b->timeout);
}

/* trap: lin-timer-expires-relative round-jiffies */
void beat_rounded(struct beat *b)
{
	mod_timer(&b->timer, round_jiffies(jiffies + 2 * HZ));
	mod_timer(&b->timer, (jiffies / HZ + 1) * HZ);
	schedule_delayed_work(&b->sample, round_jiffies_relative(2 * HZ));
}

/* trap: lin-timer-expires-relative at-once */
void beat_now(struct beat *b)
{
	mod_timer(&b->timer, jiffies);
	mod_timer(&b->timer, 0);
	schedule_delayed_work(&b->sample, 0);
}

int beat_wait(struct beat *b)
{
	unsigned long end = jiffies + 5 * HZ;
	long left = 5 * HZ;

	while (b->beats < 3 && time_before(jiffies, end))
		left = wait_event_timeout(b->waiters, b->beats > 3, left);
	schedule_timeout_uninterruptible(end - (jiffies + HZ));
	return left ? 0 : -ETIMEDOUT;
}
