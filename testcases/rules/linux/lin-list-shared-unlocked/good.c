/* Each access under the lock, or where nobody else is. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct entry {
	struct list_head node;
	struct list_head parts;
	unsigned long when;
};

struct part {
	struct list_head node;
};

static LIST_HEAD(log_entries);
static LIST_HEAD(log_old);
static DEFINE_SPINLOCK(log_lock);
static struct timer_list log_timer;

static void log_expire(struct timer_list *t)
{
	struct entry *e, *next;

	spin_lock(&log_lock);
	list_for_each_entry_safe(e, next, &log_entries, node)
		if (!time_after(e->when, jiffies))
			list_move(&e->node, &log_old);
	spin_unlock(&log_lock);
	mod_timer(&log_timer, jiffies + HZ);
}

/* trap: lin-list-shared-unlocked held-by-caller */
static void log_put(struct entry *e)
{
	list_add_tail(&e->node, &log_entries);
}

/* trap: lin-list-shared-unlocked not-yet-shared */
static ssize_t log_write(struct file *file, const char __user *data, size_t size, loff_t *pos)
{
	struct entry *e = kmalloc(sizeof(*e), GFP_KERNEL);
	struct part *p = kmalloc(sizeof(*p), GFP_KERNEL);

	if (!e || !p) {
		kfree(e);
		kfree(p);
		return -ENOMEM;
	}
	e->when = jiffies + 10 * HZ;
	INIT_LIST_HEAD(&e->parts);
	list_add(&p->node, &e->parts);
	spin_lock_bh(&log_lock);
	log_put(e);
	spin_unlock_bh(&log_lock);
	return size;
}

/* A list of its own. trap: lin-list-shared-unlocked not-yet-shared */
static long log_ioctl(struct file *file, unsigned int command, unsigned long arg)
{
	struct entry *e, *next;
	LIST_HEAD(mine);

	spin_lock_bh(&log_lock);
	list_splice_init(&log_entries, &mine);
	spin_unlock_bh(&log_lock);
	list_for_each_entry_safe(e, next, &mine, node) {
		list_del(&e->node);
		kfree(e);
	}
	return 0;
}

/* trap: lin-list-shared-unlocked source-stopped */
static ssize_t log_read(struct file *file, char __user *data, size_t size, loff_t *pos)
{
	struct entry *e;
	int count = 0;

	del_timer_sync(&log_timer);
	list_for_each_entry(e, &log_old, node)
		count++;
	mod_timer(&log_timer, jiffies + HZ);
	return count ? -EAGAIN : 0;
}

static const struct file_operations log_fops = {
	.owner = THIS_MODULE,
	.read = log_read,
	.write = log_write,
	.unlocked_ioctl = log_ioctl,
};

static int __init log_init(void)
{
	struct entry *first = kzalloc(sizeof(*first), GFP_KERNEL);
	int err;

	if (!first)
		return -ENOMEM;
	list_add(&first->node, &log_entries);
	timer_setup(&log_timer, log_expire, 0);
	mod_timer(&log_timer, jiffies + HZ);
	err = register_chrdev(91, "log", &log_fops);
	if (err) {
		del_timer_sync(&log_timer);
		list_del(&first->node);
		kfree(first);
	}
	return err;
}
module_init(log_init);

/* trap: lin-list-shared-unlocked single-threaded */
static void __exit log_exit(void)
{
	struct entry *e, *next;

	unregister_chrdev(91, "log");
	del_timer_sync(&log_timer);
	list_for_each_entry_safe(e, next, &log_entries, node) {
		list_del(&e->node);
		kfree(e);
	}
}
module_exit(log_exit);
MODULE_LICENSE("GPL");
