/* Objects that nobody initialises. */
#include <linux/cdev.h>
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct channel {
	spinlock_t lock;
	int count;
};

struct counter {
	spinlock_t lock;
	struct mutex config;
	struct semaphore slots;
	wait_queue_head_t changed;
	struct completion ready;
	struct work_struct report;
	struct delayed_work retry;
	struct timer_list tick;
	struct tasklet_struct bottom;
	struct list_head readers;
	struct cdev cdev;
	struct channel channel[2];
	int value;
};

struct counter_reader {
	struct list_head node;
};

/* trap: lin-init-missing static-initialiser */
static struct mutex counter_mutex;
static struct counter *counter;
static const struct file_operations counter_fops = { .owner = THIS_MODULE };
static struct counter counter_default = { .value = 1 };

static void counter_retry(struct work_struct *work)
{
	struct counter *c = container_of(work, struct counter, retry.work);

	c->value++;
}

static void counter_bottom(unsigned long data)
{
	counter_default.value++;
}

/* trap: lin-init-missing helper */
static void counter_prepare(struct counter *c)
{
	c->value = counter_default.value;
	INIT_WORK(&c->retry.work, counter_retry); /* note: lin-init-missing "INIT_WORK initialises something else" */
}

/* trap: lin-init-missing of-framework */
void counter_add(struct counter *c, int n)
{
	struct channel *channel = &c->channel[n & 1];
	unsigned long flags;

	spin_lock_irqsave(&c->lock, flags); /* expect: lin-init-missing "c->lock is used here, but nothing" */
	c->value += n;
	spin_unlock_irqrestore(&c->lock, flags);
	spin_lock(&channel->lock); /* expect: lin-init-missing "channel->lock" */
	channel->count++;
	spin_unlock(&channel->lock);
	wake_up(&c->changed); /* expect: lin-init-missing "c->changed" */
	complete(&c->ready);  /* expect: lin-init-missing "c->ready" */
}

int counter_configure(struct counter *c, int value)
{
	if (mutex_lock_interruptible(&c->config)) /* expect: lin-init-missing "c->config" */
		return -ERESTARTSYS;
	c->value = value;
	mutex_unlock(&c->config);
	mutex_lock(&counter_mutex); /* expect: lin-init-missing "counter_mutex" */
	counter_default.value = value;
	mutex_unlock(&counter_mutex);
	return wait_event_interruptible(c->changed, c->value != value);
}

int counter_take(struct counter *c)
{
	int err = down_interruptible(&c->slots); /* expect: lin-init-missing "c->slots" */

	if (err)
		return err;
	c->value++;
	up(&c->slots);
	return 0;
}

/* trap: lin-init-missing list-entry */
void counter_attach(struct counter *c, struct counter_reader *r)
{
	list_add_tail(&r->node, &c->readers); /* expect: lin-init-missing "c->readers" */
}

/* trap: lin-init-missing record-copied */
static int counter_start(struct counter *c)
{
	struct timer_list *tick = &c->tick;

	mod_timer(tick, jiffies + HZ);	       /* expect: lin-init-missing "tick is used here" */
	schedule_work(&c->report);	       /* expect: lin-init-missing "c->report" */
	schedule_delayed_work(&c->retry, HZ);  /* expect: lin-init-missing "only a part of it is initialised, by INIT_WORK" */
	tasklet_schedule(&c->bottom);	       /* expect: lin-init-missing "c->bottom" */
	return cdev_add(&c->cdev, MKDEV(90, 0), 1); /* expect: lin-init-missing "c->cdev" */
}

static int __init counter_init(void)
{
	int err;

	counter = kzalloc(sizeof(*counter), GFP_KERNEL);
	if (!counter)
		return -ENOMEM;
	counter_prepare(counter);
	pr_info("%p %p\n", counter_bottom, &counter_fops);
	err = counter_start(counter);
	if (err)
		kfree(counter);
	return err;
}
module_init(counter_init);

static void __exit counter_exit(void)
{
	cdev_del(&counter->cdev);
	del_timer_sync(&counter->tick);
	tasklet_kill(&counter->bottom);
	cancel_work_sync(&counter->report);
	cancel_delayed_work_sync(&counter->retry);
	kfree(counter);
}
module_exit(counter_exit);
MODULE_LICENSE("GPL");
