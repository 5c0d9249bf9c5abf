/* The file's helper turns soft interrupts off. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct drum {
	spinlock_t lock;
	struct timer_list timer;
	int turns, limit;
};

static void drum_turn(struct drum *d)
{
	spin_lock(&d->lock);
	d->turns++;
	spin_unlock(&d->lock);
}

static void drum_tick(struct timer_list *t)
{
	struct drum *d = from_timer(d, t, timer);

	drum_turn(d);
}

static void drum_limit(struct drum *d, int limit)
{
	spin_lock_bh(&d->lock); /* ok: lin-lock-bh-unsafe */
	d->limit = limit;
	spin_unlock_bh(&d->lock);
}

static long drum_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	drum_limit(file->private_data, arg);
	return 0;
}

const struct file_operations drum_fops = { .unlocked_ioctl = drum_ioctl };

void drum_start(struct drum *d)
{
	timer_setup(&d->timer, drum_tick, 0);
}
