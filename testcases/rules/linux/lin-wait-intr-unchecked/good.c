/* Signals are noticed, or do not matter. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct mailbox {
	wait_queue_head_t wait;
	struct completion drained;
	struct work_struct work;
	int stop;
	size_t len;
	char buf[64];
};

static struct mailbox box;

/* The mail comes here. */
void mailbox_setup(void)
{
	init_waitqueue_head(&box.wait);
	init_completion(&box.drained);
}

void mailbox_deliver(struct mailbox *m)
{
	m->len = sizeof(m->buf);
	wake_up(&m->wait);
	complete_all(&m->drained);
}

static ssize_t mailbox_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	if (count < sizeof(box.buf))
		return -EINVAL;
	if (wait_event_interruptible(box.wait, box.len > 0))
		return -ERESTARTSYS;
	if (copy_to_user(to, box.buf, sizeof(box.buf)))
		return -EFAULT;
	return sizeof(box.buf);
}

static int mailbox_release(struct inode *inode, struct file *file)
{
	wait_event(box.wait, box.stop);
	/* The signal itself is asked for. */
	wait_event_interruptible(box.wait, box.stop); /* ok: lin-wait-intr-unchecked */
	return signal_pending(current) ? -ERESTARTSYS : 0;
}

/* trap: lin-wait-intr-unchecked condition-asked-again */
static ssize_t mailbox_write(struct file *file, const char __user *from, size_t count, loff_t *pos)
{
	while (box.len) {
		wait_event_interruptible(box.wait, box.len == 0); /* ok: lin-wait-intr-unchecked */
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
	return copy_from_user(box.buf, from, min(count, sizeof(box.buf))) ? -EFAULT : count;
}

/* trap: lin-wait-intr-unchecked condition-asked-again
 * Once, by an inline test. */
static long mailbox_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	wait_event_interruptible_timeout(box.wait, READ_ONCE(box.stop), HZ); /* ok: lin-wait-intr-unchecked */
	if (!READ_ONCE(box.stop))
		return -ETIMEDOUT;
	/* A pause. */
	wait_event_interruptible_timeout(box.wait, 0, HZ / 10); /* ok: lin-wait-intr-unchecked */
	(void)wait_for_completion_interruptible(&box.drained); /* ok: lin-wait-intr-unchecked */
	return 0;
}

/* trap: lin-wait-intr-unchecked kernel-thread */
static void mailbox_settle(struct mailbox *m)
{
	wait_event_interruptible(m->wait, m->len > 0); /* ok: lin-wait-intr-unchecked */
	memset(m->buf, 0, sizeof(m->buf));
}

static void mailbox_work(struct work_struct *work)
{
	mailbox_settle(container_of(work, struct mailbox, work));
}

static int mailbox_thread(void *data)
{
	struct mailbox *m = data;

	while (!kthread_should_stop()) {
		wait_event_interruptible(m->wait, m->len > 0 || kthread_should_stop()); /* ok: lin-wait-intr-unchecked */
		m->buf[0] = 0;
		mailbox_settle(m);
	}
	return 0;
}

static int mailbox_open(struct inode *inode, struct file *file)
{
	INIT_WORK(&box.work, mailbox_work);
	file->private_data = kthread_run(mailbox_thread, &box, "mailbox");
	return PTR_ERR_OR_ZERO(file->private_data);
}

static const struct file_operations mailbox_fops = {
	.owner = THIS_MODULE,
	.open = mailbox_open,
	.read = mailbox_read,
	.write = mailbox_write,
	.release = mailbox_release,
	.unlocked_ioctl = mailbox_ioctl,
};

const struct file_operations *mailbox_table(void)
{
	return &mailbox_fops;
}
