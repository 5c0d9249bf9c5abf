/* Slept outside, or not at all. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kmod.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/semaphore.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>

struct lift {
	spinlock_t lock;
	struct mutex mutex;
	struct semaphore sem;
	struct work_struct work;
	wait_queue_head_t wait;
	int irq, floor;
	void (*notify)(struct lift *l);
};

void lift_call(struct lift *l)
{
	down(&l->sem);
	spin_lock(&l->lock);
	l->floor++;
	spin_unlock(&l->lock);
	up(&l->sem); /* ok: lin-sleep-in-atomic */
}

/* Trap: dropped around the call. */
/* trap: lin-sleep-in-atomic dropped */
int lift_move(struct lift *l, int floor)
{
	unsigned long flags;
	int i;

	spin_lock_irqsave(&l->lock, flags);
	for (i = 0; l->floor != floor && i < 10; i++) {
		l->floor++;
		spin_unlock_irqrestore(&l->lock, flags);
		msleep(10); /* ok: lin-sleep-in-atomic */
		spin_lock_irqsave(&l->lock, flags);
	}
	spin_unlock_irqrestore(&l->lock, flags);
	return i;
}

/* Busy waiting is no sleep. */
void lift_settle(struct lift *l)
{
	spin_lock(&l->lock);
	udelay(10); /* ok: lin-sleep-in-atomic */
	wake_up(&l->wait); /* ok: lin-sleep-in-atomic */
	schedule_work(&l->work); /* ok: lin-sleep-in-atomic */
	spin_unlock(&l->lock);
}

/* Trap: locked only when it does not sleep. */
/* trap: lin-sleep-in-atomic conditional-lock */
int lift_either(struct lift *l, bool atomic)
{
	if (atomic)
		spin_lock(&l->lock);
	else
		mutex_lock(&l->mutex);
	l->floor++;
	if (!atomic)
		msleep(1); /* ok: lin-sleep-in-atomic */
	if (atomic)
		spin_unlock(&l->lock);
	else
		mutex_unlock(&l->mutex);
	return 0;
}

/* Trap: nobody knows what a function pointer does. */
/* trap: lin-sleep-in-atomic function-pointer */
void lift_notify(struct lift *l)
{
	spin_lock(&l->lock);
	l->notify(l); /* ok: lin-sleep-in-atomic */
	spin_unlock(&l->lock);
}

/* Trap: may sleep only when asked to. */
static void lift_pause(struct lift *l, bool may_block)
{
	might_sleep_if(may_block);
	if (may_block)
		msleep(1); /* ok: lin-sleep-in-atomic */
	else
		udelay(100);
}

/* trap: lin-sleep-in-atomic only-when-asked */
void lift_brake(struct lift *l)
{
	spin_lock(&l->lock);
	lift_pause(l, false); /* ok: lin-sleep-in-atomic */
	spin_unlock(&l->lock);
	lift_pause(l, true);
}

/* Trap: interrupts off and on again before the call. */
/* trap: lin-sleep-in-atomic restored */
void lift_quiet(struct lift *l)
{
	unsigned long flags;

	local_irq_save(flags);
	l->floor = 0;
	local_irq_restore(flags);
	free_irq(l->irq, l); /* ok: lin-sleep-in-atomic */
}

/* Trap: called with the lock held and drops it while it sleeps. */
void lift_wait(struct lift *l)
{
	spin_lock_irq(&l->lock);
	wait_event_lock_irq(l->wait, l->floor == 0, l->lock); /* ok: lin-sleep-in-atomic */
	spin_unlock_irq(&l->lock);
}

/* Trap: a try that failed holds nothing. */
void lift_try(struct lift *l)
{
	while (!spin_trylock(&l->lock))
		usleep_range(10, 20); /* ok: lin-sleep-in-atomic */
	l->floor++;
	spin_unlock(&l->lock);
}

/* Trap: other locks may be held while sleeping. */
void lift_service(struct lift *l)
{
	mutex_lock(&l->mutex);
	flush_work(&l->work); /* ok: lin-sleep-in-atomic */
	mutex_unlock(&l->mutex);
}

/* trap: lin-sleep-in-atomic spin-in-spin */
void lift_dock(struct lift *l, spinlock_t *hall)
{
	spin_lock(&l->lock);
	spin_lock(hall); /* ok: lin-sleep-in-atomic */
	l->floor = 0;
	spin_unlock(hall);
	spin_unlock(&l->lock);
}

/* trap: lin-sleep-in-atomic might-sleep-if */
void lift_hold(struct lift *l, bool may_block)
{
	spin_lock(&l->lock);
	might_sleep_if(false); /* ok: lin-sleep-in-atomic */
	l->floor = 0;
	spin_unlock(&l->lock);
	might_sleep_if(may_block); /* ok: lin-sleep-in-atomic */
	l->floor = 1;
}
