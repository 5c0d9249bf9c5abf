/* A mailbox that takes a signal for mail. */
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
	wait_event_interruptible(box.wait, box.len > 0); /* expect: lin-wait-intr-unchecked "wait_event_interruptible" */ /* note: lin-wait-intr-unchecked "nothing looks at the result of" */
	if (copy_to_user(to, box.buf, sizeof(box.buf)))
		return -EFAULT;
	return sizeof(box.buf);
}

static int mailbox_release(struct inode *inode, struct file *file)
{
	int err;

	err = wait_event_killable(box.wait, READ_ONCE(box.stop)); /* expect: lin-wait-intr-unchecked "wait_event_killable" */
	memset(box.buf, 0, sizeof(box.buf));
	return 0;
}

static void mailbox_flush(struct mailbox *m)
{
	wait_for_completion_interruptible(&m->drained); /* expect: lin-wait-intr-unchecked "a signal" */
	memset(m->buf, 0, sizeof(m->buf));
}

/* trap: lin-wait-intr-unchecked condition-asked-again
 * What is asked afterwards is another question. */
static long mailbox_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	wait_event_interruptible_timeout(box.wait, box.len > 0, HZ); /* expect: lin-wait-intr-unchecked "_timeout" */
	if (cmd > 3)
		return -ENOTTY;
	mailbox_flush(&box);
	return 0;
}

/* trap: lin-wait-intr-unchecked kernel-thread
 * The work item waits through a helper that a system call uses, too. */
static void mailbox_settle(struct mailbox *m)
{
	wait_event_interruptible(m->wait, m->stop); /* expect: lin-wait-intr-unchecked "wait_event_interruptible" */
	m->buf[0] = 0;
}

static void mailbox_work(struct work_struct *work)
{
	mailbox_settle(container_of(work, struct mailbox, work));
}

static int mailbox_open(struct inode *inode, struct file *file)
{
	INIT_WORK(&box.work, mailbox_work);
	mailbox_settle(&box);
	return 0;
}

static const struct file_operations mailbox_fops = {
	.owner = THIS_MODULE,
	.open = mailbox_open,
	.read = mailbox_read,
	.release = mailbox_release,
	.unlocked_ioctl = mailbox_ioctl,
};

const struct file_operations *mailbox_table(void)
{
	return &mailbox_fops;
}
