/* Calls that may sleep where sleeping is forbidden. */
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
	rwlock_t map;
	struct mutex mutex;
	struct semaphore sem;
	struct work_struct work;
	struct completion arrived;
	wait_queue_head_t wait;
	int irq, floor;
};

void lift_call(struct lift *l)
{
	spin_lock(&l->lock); /* note: lin-sleep-in-atomic "l->lock" */
	down(&l->sem); /* expect: lin-sleep-in-atomic "down" */
	l->floor++;
	up(&l->sem);
	spin_unlock(&l->lock);
}

/* trap: lin-sleep-in-atomic dropped */
int lift_move(struct lift *l, int floor)
{
	unsigned long flags;
	int i;

	spin_lock_irqsave(&l->lock, flags); /* note: lin-sleep-in-atomic "l->lock" */
	for (i = 0; l->floor != floor && i < 10; i++) {
		l->floor += floor > l->floor ? 1 : -1;
		msleep(10); /* expect: lin-sleep-in-atomic "msleep" */
	}
	spin_unlock_irqrestore(&l->lock, flags);
	return i;
}

/* A mutex inside a spin lock. */
/* trap: lin-sleep-in-atomic conditional-lock */
/* trap: lin-sleep-in-atomic spin-in-spin */
void lift_log(struct lift *l)
{
	if (read_trylock(&l->map)) { /* note: lin-sleep-in-atomic "l->map" */
		mutex_lock(&l->mutex); /* expect: lin-sleep-in-atomic "mutex_lock" */
		l->floor = 0;
		mutex_unlock(&l->mutex);
		read_unlock(&l->map);
	}
}

int lift_stop(struct lift *l)
{
	rcu_read_lock(); /* note: lin-sleep-in-atomic "rcu read side" */
	if (l->floor)
		cancel_work_sync(&l->work); /* expect: lin-sleep-in-atomic "cancel_work_sync" */
	rcu_read_unlock();
	return 0;
}

int lift_wait(struct lift *l)
{
	int err;

	spin_lock_bh(&l->lock); /* note: lin-sleep-in-atomic "l->lock" */
	err = wait_event_interruptible(l->wait, l->floor == 0); /* expect: lin-sleep-in-atomic "wait_event_interruptible" */
	spin_unlock_bh(&l->lock);
	return err;
}

void lift_cpu(struct lift *l)
{
	int cpu = get_cpu(); /* note: lin-sleep-in-atomic "preemption" */

	l->floor = cpu;
	wait_for_completion(&l->arrived); /* expect: lin-sleep-in-atomic "wait_for_completion" */
	put_cpu();
}

/* trap: lin-sleep-in-atomic restored */
void lift_quiet(struct lift *l)
{
	local_irq_disable(); /* note: lin-sleep-in-atomic "local interrupts" */
	free_irq(l->irq, l); /* expect: lin-sleep-in-atomic "free_irq" */
	local_irq_enable();
}

void lift_record(struct lift *l, struct file *log, loff_t *pos)
{
	spin_lock(&l->lock);
	kernel_write(log, &l->floor, sizeof(l->floor), pos); /* expect: lin-sleep-in-atomic "kernel_write" */
	filp_close(log, NULL); /* expect: lin-sleep-in-atomic "filp_close" */
	spin_unlock(&l->lock);
}

void lift_bit(struct lift *l, unsigned long *word)
{
	spin_lock(&l->lock);
	wait_on_bit(word, 1, TASK_UNINTERRUPTIBLE); /* expect: lin-sleep-in-atomic "wait_on_bit" */
	request_module("lift"); /* expect: lin-sleep-in-atomic "request_module" */
	spin_unlock(&l->lock);
}

static DEFINE_PER_CPU(int, lift_trips);

void lift_trip(struct lift *l)
{
	int trips = get_cpu_var(lift_trips); /* note: lin-sleep-in-atomic "preemption" */

	msleep(trips); /* expect: lin-sleep-in-atomic "preemption" */
	put_cpu_var(lift_trips);
}

/* Asked to sleep, with the lock held. */
static void lift_pause(bool may_block)
{
	if (may_block)
		msleep(1);
	else
		udelay(100);
}

/* trap: lin-sleep-in-atomic only-when-asked */
void lift_brake(struct lift *l)
{
	spin_lock(&l->lock); /* note: lin-sleep-in-atomic "l->lock" */
	l->floor = 0;
	lift_pause(true); /* expect: lin-sleep-in-atomic "msleep" */
	spin_unlock(&l->lock);
}

/* trap: lin-sleep-in-atomic might-sleep-if */
void lift_hold(struct lift *l)
{
	spin_lock(&l->lock); /* note: lin-sleep-in-atomic "l->lock" */
	might_sleep(); /* expect: lin-sleep-in-atomic "might_sleep" */
	l->floor = 0;
	spin_unlock(&l->lock);
}
