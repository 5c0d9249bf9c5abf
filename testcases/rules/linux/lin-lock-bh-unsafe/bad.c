/* Locks of timers and tasklets, taken by processes with soft interrupts on. */
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

static void pacer_tasklet(struct tasklet_struct *t)
{
	struct pacer *p = from_tasklet(p, t, tasklet);

	spin_lock(&p->queue); /* ok: lin-lock-bh-unsafe */
	p->queued--;
	spin_unlock(&p->queue);
}

/* trap: lin-lock-bh-unsafe irqsave */
/* trap: lin-lock-bh-unsafe other-type */
static ssize_t pacer_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	struct pacer *p = file->private_data;

	spin_lock(&p->lock); /* expect: lin-lock-bh-unsafe "p->lock" */
	p->beats = n;
	spin_unlock(&p->lock);
	return n;
}

/* trap: lin-lock-bh-unsafe bottom-half */
static void pacer_work(struct work_struct *work)
{
	struct pacer *p = container_of(work, struct pacer, work);

	spin_lock(&p->queue); /* expect: lin-lock-bh-unsafe "p->queue" */
	p->queued++;
	spin_unlock(&p->queue);
}

const struct file_operations pacer_fops = { .write = pacer_write };

void pacer_start(struct pacer *p)
{
	timer_setup(&p->timer, pacer_tick, 0); /* note: lin-lock-bh-unsafe "`pacer_tick` becomes timer here" */
	tasklet_setup(&p->tasklet, pacer_tasklet);
	INIT_WORK(&p->work, pacer_work);
}

/* Soft interrupts are on again where it locks. */
/* trap: lin-lock-bh-unsafe off-already */
static ssize_t pacer_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	struct pacer *p = file->private_data;

	local_bh_disable();
	p->queued = 0;
	local_bh_enable();
	spin_lock(&p->lock); /* expect: lin-lock-bh-unsafe "p->lock" */
	p->beats = 0;
	spin_unlock(&p->lock);
	return 0;
}

const struct file_operations pacer_read_fops = { .read = pacer_read };
