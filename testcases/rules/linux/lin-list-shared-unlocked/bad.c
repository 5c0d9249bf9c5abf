/* A log that is written, read and expired at the same time. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct entry {
	struct list_head node;
	unsigned long when;
};

struct event {
	struct list_head node;
	int number;
};

static LIST_HEAD(log_entries);
static DEFINE_SPINLOCK(log_lock);
static struct timer_list log_timer;
static LIST_HEAD(log_events);
static int log_count;

/* trap: lin-list-shared-unlocked source-stopped */
static void log_expire(struct timer_list *t)
{
	struct entry *e, *next;

	spin_lock(&log_lock);
	list_for_each_entry_safe(e, next, &log_entries, node) {
		if (time_after(e->when, jiffies))
			continue;
		list_del(&e->node); /* note: lin-list-shared-unlocked "holding log_lock" */
		kfree(e);
	}
	spin_unlock(&log_lock);
	mod_timer(&log_timer, jiffies + HZ);
}

/* trap: lin-list-shared-unlocked held-by-caller */
static void log_put(struct entry *e)
{
	list_add_tail(&e->node, &log_entries); /* expect: lin-list-shared-unlocked "log_entries is used here without `log_lock`" */
}

/* trap: lin-list-shared-unlocked not-yet-shared */
static ssize_t log_write(struct file *file, const char __user *data, size_t size, loff_t *pos)
{
	struct entry *e = kmalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return -ENOMEM;
	e->when = jiffies + 10 * HZ;
	log_put(e); /* note: lin-list-shared-unlocked "calls `log_put`" */
	return size;
}

/* trap: lin-list-shared-unlocked single-threaded */
static ssize_t log_read(struct file *file, char __user *data, size_t size, loff_t *pos)
{
	struct entry *e;
	int count = 0;

	list_for_each_entry(e, &log_entries, node) /* expect: lin-list-shared-unlocked "log_entries" */
		count++;
	log_count = count;
	return 0;
}

/* An interrupt and a process, and no lock at all. */
static irqreturn_t log_irq(int irq, void *data)
{
	struct event *e = kmalloc(sizeof(*e), GFP_ATOMIC);

	if (!e)
		return IRQ_NONE;
	e->number = irq;
	list_add(&e->node, &log_events);
	return IRQ_HANDLED;
}

static long log_ioctl(struct file *file, unsigned int command, unsigned long arg)
{
	struct event *e;

	if (list_empty(&log_events))
		return -EAGAIN;
	e = list_first_entry(&log_events, struct event, node); /* expect: lin-list-shared-unlocked "log_events" */
	list_del(&e->node); /* expect: lin-list-shared-unlocked "without any lock, while log_irq" */
	kfree(e);
	return 0;
}

static const struct file_operations log_fops = {
	.owner = THIS_MODULE,
	.read = log_read,
	.write = log_write,
	.unlocked_ioctl = log_ioctl,
};

static int __init log_init(void)
{
	int err = request_irq(9, log_irq, 0, "log", &log_events);

	if (err)
		return err;
	err = register_chrdev(91, "log", &log_fops);
	if (err) {
		free_irq(9, &log_events);
		return err;
	}
	timer_setup(&log_timer, log_expire, 0);
	mod_timer(&log_timer, jiffies + HZ);
	return 0;
}
module_init(log_init);

static void __exit log_exit(void)
{
	unregister_chrdev(91, "log");
	free_irq(9, &log_events);
	del_timer_sync(&log_timer);
}
module_exit(log_exit);
MODULE_LICENSE("GPL");
