/* What is behind the pointer turns soft interrupts off. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct horn;

struct horn_ops {
	void (*blow)(struct horn *h);
};

struct horn {
	spinlock_t lock;
	const struct horn_ops *ops;
	struct timer_list timer;
	int count;
};

static void horn_blow(struct horn *h)
{
	spin_lock_bh(&h->lock); /* ok: lin-lock-bh-unsafe */
	h->count++;
	spin_unlock_bh(&h->lock);
}

static const struct horn_ops horn_ops = { .blow = horn_blow };

static void horn_tick(struct timer_list *t)
{
	struct horn *h = from_timer(h, t, timer);

	spin_lock(&h->lock);
	h->count = 0;
	spin_unlock(&h->lock);
}

static ssize_t horn_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	struct horn *h = file->private_data;

	h->ops->blow(h);
	return n;
}

const struct file_operations horn_fops = { .write = horn_write };

void horn_init(struct horn *h)
{
	h->ops = &horn_ops;
	timer_setup(&h->timer, horn_tick, 0);
}
