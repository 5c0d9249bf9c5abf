// SPDX-License-Identifier: GPL-2.0
/*
 * Keeps what is typed: scan codes of the PC keyboard, read from the controller's
 * data port beside the system's own driver, in a character device.
 *
 * A lab's worth of driver: an interrupt, a ring shared with read(), an ioctl.
 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#define KBDLOG_NAME	"kbdlog"
#define KBDLOG_MINORS	1
#define KBDLOG_IRQ	1
#define KBDLOG_DATA	0x60
#define KBDLOG_KEPT	512
#define KBDLOG_RELEASED 0x80

#define KBDLOG_RESET	_IO('k', 1)
#define KBDLOG_STATS	_IOR('k', 2, struct kbdlog_stats)

struct kbdlog_stats {
	u32 pressed;
	u32 released;
	u32 lost;
	u32 kept;
};

struct kbdlog {
	struct cdev cdev;
	wait_queue_head_t filled;

	/* between the handler and the callers */
	spinlock_t lock;
	u8 *ring;
	size_t first, count;
	struct kbdlog_stats stats;
};

static struct kbdlog kbdlog;
static dev_t kbdlog_devt;

/* ---- the ring; the lock is held ---------------------------------------- */

static void kbdlog_put(struct kbdlog *log, u8 code)
{
	if (log->count == KBDLOG_KEPT) {
		log->stats.lost++;
		return;
	}
	log->ring[(log->first + log->count) % KBDLOG_KEPT] = code;
	log->count++;
}

static bool kbdlog_get(struct kbdlog *log, u8 *code)
{
	if (!log->count)
		return false;
	*code = log->ring[log->first];
	log->first = (log->first + 1) % KBDLOG_KEPT;
	log->count--;
	return true;
}

/* ---- the interrupt ------------------------------------------------------- */

static irqreturn_t kbdlog_interrupt(int irq, void *cookie)
{
	struct kbdlog *log = cookie;
	u8 code = inb(KBDLOG_DATA);

	spin_lock(&log->lock);
	if (code & KBDLOG_RELEASED) {
		log->stats.released++;
	} else {
		log->stats.pressed++;
		kbdlog_put(log, code);
	}
	spin_unlock(&log->lock);
	wake_up_interruptible(&log->filled);
	/* the keyboard's own driver sees it, too */
	return IRQ_NONE;
}

/* ---- the device ------------------------------------------------------------ */

static int kbdlog_open(struct inode *inode, struct file *file)
{
	file->private_data = container_of(inode->i_cdev, struct kbdlog, cdev);
	return 0;
}

static bool kbdlog_is_filled(struct kbdlog *log)
{
	unsigned long flags;
	bool filled;

	spin_lock_irqsave(&log->lock, flags);
	filled = log->count > 0;
	spin_unlock_irqrestore(&log->lock, flags);
	return filled;
}

/* Takes up to `size` codes out of the ring. */
static size_t kbdlog_take(struct kbdlog *log, u8 *codes, size_t size)
{
	unsigned long flags;
	size_t taken = 0;

	spin_lock_irqsave(&log->lock, flags);
	while (taken < size && kbdlog_get(log, &codes[taken]))
		taken++;
	spin_unlock_irqrestore(&log->lock, flags);
	return taken;
}

static ssize_t kbdlog_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	struct kbdlog *log = file->private_data;
	ssize_t result;
	u8 *codes;

	if (!size)
		return 0;
	size = min_t(size_t, size, KBDLOG_KEPT);
	if (file->f_flags & O_NONBLOCK) {
		if (!kbdlog_is_filled(log))
			return -EAGAIN;
	} else if (wait_event_interruptible(log->filled, kbdlog_is_filled(log))) {
		return -ERESTARTSYS;
	}

	codes = kmalloc(size, GFP_KERNEL);
	if (!codes)
		return -ENOMEM;
	result = kbdlog_take(log, codes, size);
	if (copy_to_user(buffer, codes, result))
		result = -EFAULT;
	kfree(codes);
	return result;
}

static void kbdlog_reset(struct kbdlog *log)
{
	unsigned long flags;

	spin_lock_irqsave(&log->lock, flags);
	log->first = 0;
	log->count = 0;
	memset(&log->stats, 0, sizeof(log->stats));
	spin_unlock_irqrestore(&log->lock, flags);
}

static int kbdlog_tell(struct kbdlog *log, struct kbdlog_stats __user *user)
{
	struct kbdlog_stats stats;
	unsigned long flags;

	spin_lock_irqsave(&log->lock, flags);
	stats = log->stats;
	stats.kept = log->count;
	spin_unlock_irqrestore(&log->lock, flags);
	return copy_to_user(user, &stats, sizeof(stats)) ? -EFAULT : 0;
}

static long kbdlog_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct kbdlog *log = file->private_data;

	switch (command) {
	case KBDLOG_RESET:
		kbdlog_reset(log);
		return 0;
	case KBDLOG_STATS:
		return kbdlog_tell(log, (struct kbdlog_stats __user *)argument);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations kbdlog_fops = {
	.owner = THIS_MODULE,
	.open = kbdlog_open,
	.read = kbdlog_read,
	.unlocked_ioctl = kbdlog_ioctl,
	.llseek = no_llseek,
};

/* ---- coming and going -------------------------------------------------------- */

static int __init kbdlog_init(void)
{
	int status;

	spin_lock_init(&kbdlog.lock);
	init_waitqueue_head(&kbdlog.filled);
	kbdlog.ring = kzalloc(KBDLOG_KEPT, GFP_KERNEL);
	if (!kbdlog.ring)
		return -ENOMEM;

	status = alloc_chrdev_region(&kbdlog_devt, 0, KBDLOG_MINORS, KBDLOG_NAME);
	if (status)
		goto free_ring;
	status = request_irq(KBDLOG_IRQ, kbdlog_interrupt, IRQF_SHARED, KBDLOG_NAME, &kbdlog);
	if (status)
		goto free_region;
	cdev_init(&kbdlog.cdev, &kbdlog_fops);
	kbdlog.cdev.owner = THIS_MODULE;
	status = cdev_add(&kbdlog.cdev, kbdlog_devt, KBDLOG_MINORS);
	if (status)
		goto free_interrupt;
	pr_info("%s: major %d\n", KBDLOG_NAME, MAJOR(kbdlog_devt));
	return 0;

free_interrupt:
	free_irq(KBDLOG_IRQ, &kbdlog);
free_region:
	unregister_chrdev_region(kbdlog_devt, KBDLOG_MINORS);
free_ring:
	kfree(kbdlog.ring);
	return status;
}

static void __exit kbdlog_exit(void)
{
	cdev_del(&kbdlog.cdev);
	free_irq(KBDLOG_IRQ, &kbdlog);
	unregister_chrdev_region(kbdlog_devt, KBDLOG_MINORS);
	kfree(kbdlog.ring);
}

module_init(kbdlog_init);
module_exit(kbdlog_exit);
MODULE_DESCRIPTION("Keeps what is typed");
MODULE_LICENSE("GPL");
