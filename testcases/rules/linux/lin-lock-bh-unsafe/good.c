/* Locks of timers and tasklets, taken by processes with soft interrupts off. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct pacer {
	spinlock_t lock;
	spinlock_t queue;
	struct timer_list timer;
	struct tasklet_struct tasklet;
	struct work_struct work;
	int beats, queued;
};

static void pacer_tick(struct timer_list *t)
{
	struct pacer *p = from_timer(p, t, timer);

	spin_lock(&p->lock); /* ok: lin-lock-bh-unsafe */
	p->beats++;
	spin_unlock(&p->lock);
	mod_timer(&p->timer, jiffies + HZ);
}

/* trap: lin-lock-bh-unsafe bottom-half */
static void pacer_tasklet(struct tasklet_struct *t)
{
	struct pacer *p = from_tasklet(p, t, tasklet);

	spin_lock(&p->queue); /* ok: lin-lock-bh-unsafe */
	p->queued--;
	spin_unlock(&p->queue);
}

/* trap: lin-lock-bh-unsafe irqsave */
static ssize_t pacer_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	struct pacer *p = file->private_data;
	unsigned long flags;

	spin_lock_bh(&p->lock); /* ok: lin-lock-bh-unsafe */
	p->beats = n;
	spin_unlock_bh(&p->lock);
	/* Trap: with interrupts off soft ones do not run either. */
	spin_lock_irqsave(&p->queue, flags); /* ok: lin-lock-bh-unsafe */
	p->queued = 0;
	spin_unlock_irqrestore(&p->queue, flags);
	return n;
}

/* trap: lin-lock-bh-unsafe off-already */
static void pacer_work(struct work_struct *work)
{
	struct pacer *p = container_of(work, struct pacer, work);

	local_bh_disable();
	spin_lock(&p->queue); /* ok: lin-lock-bh-unsafe */
	p->queued++;
	spin_unlock(&p->queue);
	local_bh_enable();
}

const struct file_operations pacer_fops = { .write = pacer_write };

void pacer_start(struct pacer *p)
{
	timer_setup(&p->timer, pacer_tick, 0);
	tasklet_setup(&p->tasklet, pacer_tasklet);
	INIT_WORK(&p->work, pacer_work);
}

/* Another record with a field of that name. */
struct pacer_log {
	spinlock_t lock;
	int lines;
};

/* trap: lin-lock-bh-unsafe other-type */
static ssize_t pacer_log_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	struct pacer_log *log = file->private_data;

	spin_lock(&log->lock); /* ok: lin-lock-bh-unsafe */
	log->lines++;
	spin_unlock(&log->lock);
	return n;
}

const struct file_operations pacer_log_fops = { .write = pacer_log_write };
