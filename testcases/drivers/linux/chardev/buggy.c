// SPDX-License-Identifier: GPL-2.0
/*
 * Mailboxes: a handful of message queues, one per minor number.
 *
 * Each write() posts one message, each read() returns data of the oldest one;
 * what a short read leaves of a message stays with the open file.
 */
#include <linux/atomic.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/overflow.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "chardev.h"

#define MBX_NAME		"mailbox"
#define MBX_MINORS		4
#define MBX_LIMIT_DEFAULT	(16 * 1024)
#define MBX_LIMIT_MAX		(1024 * 1024)

struct mbx_msg {
	struct list_head link;
	u32 seq;
	size_t len;
	u8 data[];
};

struct mbx_sender {
	struct list_head link;
	pid_t tgid;
	u32 messages;
	u64 bytes;
};

struct mbx_dev {
	struct cdev cdev;
	unsigned int index;
	atomic_t openers;

	/* the configuration: label, limit and rules */
	struct semaphore cfg_sem;
	char label[MBX_LABEL_LEN];
	u32 limit;
	struct mbx_rules rules;

	/* the queue and the counters */
	spinlock_t lock;
	struct list_head queue;
	struct list_head senders;
	unsigned int nr_msgs;
	unsigned int nr_senders;
	size_t bytes;
	u32 next_seq;
	u64 sent;
	u64 received;
	u64 rejected;

	wait_queue_head_t readq;
	wait_queue_head_t writeq;
};

/* One per open file; the message being read belongs to it. */
struct mbx_file {
	struct mbx_dev *dev;
	struct mutex lock;
	struct mbx_msg *cur;
	size_t pos;
};

static dev_t mbx_first;
static struct class *mbx_class;
static struct mbx_dev *mbx_devs;

static bool mbx_has_room(struct mbx_dev *dev, size_t len)
{
	size_t bytes = READ_ONCE(dev->bytes);

	return !bytes || bytes + len <= READ_ONCE(dev->limit);
}

/* Call with dev->lock held. */
static struct mbx_sender *mbx_find_sender(struct mbx_dev *dev, pid_t tgid)
{
	struct mbx_sender *snd;

	list_for_each_entry(snd, &dev->senders, link) {
		if (snd->tgid == tgid)
			return snd;
	}
	return NULL;
}

/* Throw the queue away. @locked: the caller holds dev->lock already. */
static void mbx_flush(struct mbx_dev *dev, bool locked)
{
	struct mbx_msg *msg;
	LIST_HEAD(doomed);

	if (!locked)
		spin_lock(&dev->lock);
	list_splice_init(&dev->queue, &doomed);
	dev->nr_msgs = 0;
	WRITE_ONCE(dev->bytes, 0);
	if (!locked)
		spin_unlock(&dev->lock);

	list_for_each_entry(msg, &doomed, link) /* expect: lin-list-del-in-foreach "this loop" */
		kfree(msg); /* note: lin-list-del-in-foreach "msg" */
	wake_up_interruptible(&dev->writeq);
}

/* Make a message of user memory; an ERR_PTR on failure. */
static struct mbx_msg *mbx_msg_from_user(struct mbx_dev *dev,
					 const char __user *buf, size_t len)
{
	struct mbx_msg *msg;
	struct mbx_rules rules;

	if (down_interruptible(&dev->cfg_sem))
		return ERR_PTR(-ERESTARTSYS);
	rules = dev->rules;
	up(&dev->cfg_sem);

	if (len < rules.min_len || len > rules.max_len || len > MBX_MSG_MAX) {
		spin_lock(&dev->lock);
		dev->rejected++;
		spin_unlock(&dev->lock);
		return ERR_PTR(-EMSGSIZE);
	}

	msg = kmalloc(struct_size(msg, data, len), GFP_KERNEL); /* note: lin-mem-leak "msg" */
	if (!msg)
		return ERR_PTR(-ENOMEM);
	msg->len = len;
	if (copy_from_user(msg->data, buf, len))
		return ERR_PTR(-EFAULT); /* expect: lin-mem-leak "msg" */
	return msg;
}

/*
 * Put a message into the queue. The queue owns it after success; after a
 * failure it still belongs to the caller.
 */
static int mbx_post(struct mbx_dev *dev, struct mbx_msg *msg, bool nonblock)
{
	pid_t tgid = task_tgid_nr(current);
	struct mbx_sender *snd;
	int ret;

	spin_lock(&dev->lock); /* note: lin-lock-held-on-exit "dev->lock" */
	while (!mbx_has_room(dev, msg->len)) {
		spin_unlock(&dev->lock);
		if (nonblock)
			return -EAGAIN;
		ret = wait_event_interruptible(dev->writeq,
					       mbx_has_room(dev, msg->len));
		if (ret)
			return ret;
		spin_lock(&dev->lock);
	}

	snd = mbx_find_sender(dev, tgid);
	if (!snd && dev->nr_senders < MBX_SENDERS_MAX) {
		snd = kzalloc(sizeof(*snd), GFP_ATOMIC);
		if (!snd)
			return -ENOMEM; /* expect: lin-lock-held-on-exit "dev->lock" */
		snd->tgid = tgid;
		list_add_tail(&snd->link, &dev->senders);
		dev->nr_senders++;
	}
	/* Late senders of a full table are not accounted. */
	if (snd) {
		snd->messages++;
		snd->bytes += msg->len;
	}

	msg->seq = dev->next_seq++;
	list_add_tail(&msg->link, &dev->queue);
	dev->nr_msgs++;
	dev->sent++;
	WRITE_ONCE(dev->bytes, dev->bytes + msg->len);
	spin_unlock(&dev->lock);

	wake_up_interruptible(&dev->readq);
	return 0;
}

/* The oldest message, which now belongs to the caller, or NULL. */
static struct mbx_msg *mbx_pop(struct mbx_dev *dev)
{
	struct mbx_msg *msg;

	spin_lock(&dev->lock);
	msg = list_first_entry_or_null(&dev->queue, struct mbx_msg, link);
	if (msg) {
		list_del(&msg->link);
		dev->nr_msgs--;
		dev->received++;
		WRITE_ONCE(dev->bytes, dev->bytes - msg->len);
	}
	spin_unlock(&dev->lock);

	if (msg)
		wake_up_interruptible(&dev->writeq);
	return msg;
}

static ssize_t mbx_read(struct file *file, char __user *buf, size_t count,
			loff_t *ppos)
{
	struct mbx_file *mf = file->private_data;
	struct mbx_dev *dev = mf->dev;
	bool nonblock = file->f_flags & O_NONBLOCK;
	struct mbx_msg *msg;
	size_t n, left;
	ssize_t ret;

	if (!count)
		return 0;

	if (nonblock) {
		if (!mutex_trylock(&mf->lock))
			return -EAGAIN;
	} else {
		ret = mutex_lock_interruptible(&mf->lock); /* note: lin-unlock-not-held "mf->lock" */
		if (ret)
			goto out;
	}

	while (!mf->cur) {
		msg = mbx_pop(dev);
		if (msg) {
			mf->pos = 0;
			WRITE_ONCE(mf->cur, msg);
			break;
		}
		if (nonblock) {
			ret = -EAGAIN;
			goto out;
		}
		ret = wait_event_interruptible(dev->readq,
					       READ_ONCE(dev->bytes) > 0);
		if (ret)
			goto out;
	}

	msg = mf->cur;
	n = min(count, msg->len - mf->pos);
	left = copy_to_user(buf, msg->data + mf->pos, n);
	if (left == n) {
		ret = -EFAULT;
		goto out;
	}
	ret = n - left;
	mf->pos += ret;
	if (mf->pos == msg->len) {
		WRITE_ONCE(mf->cur, NULL);
		kfree(msg);
	}
out:
	mutex_unlock(&mf->lock); /* expect: lin-unlock-not-held "mf->lock" */
	return ret;
}

static ssize_t mbx_write(struct file *file, const char __user *buf,
			 size_t count, loff_t *ppos)
{
	struct mbx_file *mf = file->private_data;
	struct mbx_msg *msg;
	int ret;

	if (!count)
		return 0;

	msg = mbx_msg_from_user(mf->dev, buf, count);
	if (IS_ERR(msg))
		return PTR_ERR(msg);

	ret = mbx_post(mf->dev, msg, file->f_flags & O_NONBLOCK);
	if (ret) {
		kfree(msg);
		return ret;
	}
	return count;
}

static __poll_t mbx_poll(struct file *file, poll_table *wait)
{
	struct mbx_file *mf = file->private_data;
	struct mbx_dev *dev = mf->dev;
	__poll_t mask = 0;

	poll_wait(file, &dev->readq, wait);
	poll_wait(file, &dev->writeq, wait);

	spin_lock(&dev->lock);
	if (!list_empty(&dev->queue))
		mask |= EPOLLIN | EPOLLRDNORM;
	if (mbx_has_room(dev, 1))
		mask |= EPOLLOUT | EPOLLWRNORM;
	spin_unlock(&dev->lock);

	if (READ_ONCE(mf->cur))
		mask |= EPOLLIN | EPOLLRDNORM;
	return mask;
}

static long mbx_get_info(struct mbx_dev *dev, struct mbx_info __user *uinfo)
{
	struct mbx_info info;
	int ret;

	info.minor = dev->index;

	ret = down_interruptible(&dev->cfg_sem);
	if (ret)
		return ret;
	info.limit = dev->limit;
	memcpy(info.label, dev->label, sizeof(info.label));
	up(&dev->cfg_sem);

	info.bytes = READ_ONCE(dev->bytes);
	return copy_to_user(uinfo, &info, sizeof(info)) ? -EFAULT : 0; /* expect: lin-user-infoleak "info" */
}

static long mbx_get_stats(struct mbx_dev *dev, struct mbx_stats __user *ustats)
{
	struct mbx_stats st = { };

	spin_lock(&dev->lock);
	st.sent = dev->sent;
	st.received = dev->received;
	st.rejected = dev->rejected;
	spin_unlock(&dev->lock);
	st.openers = atomic_read(&dev->openers);

	if (copy_to_user(&st, ustats, sizeof(st))) /* expect: lin-user-arg-space "copy_to_user" */
		return -EFAULT;
	return 0;
}

static long mbx_set_limit(struct mbx_dev *dev, u32 __user *ulimit)
{
	u32 limit;

	get_user(limit, ulimit); /* expect: lin-getput-user-unchecked "get_user" */
	if (!limit || limit > MBX_LIMIT_MAX)
		return -EINVAL;

	if (down_interruptible(&dev->cfg_sem))
		return -ERESTARTSYS;
	WRITE_ONCE(dev->limit, limit);
	up(&dev->cfg_sem);

	wake_up_interruptible(&dev->writeq);
	return 0;
}

static long mbx_set_label(struct mbx_dev *dev, const char __user *ulabel)
{
	char label[MBX_LABEL_LEN];

	if (copy_from_user(label, ulabel, sizeof(label)))
		return -EFAULT;

	if (down_interruptible(&dev->cfg_sem)) /* note: lin-sem-imbalance "dev->cfg_sem" */
		return -ERESTARTSYS;
	if (strnlen(label, sizeof(label)) == sizeof(label))
		return -ENAMETOOLONG; /* expect: lin-sem-imbalance "dev->cfg_sem" */
	strscpy_pad(dev->label, label, sizeof(dev->label));
	up(&dev->cfg_sem);
	return 0;
}

static long mbx_set_rules(struct mbx_dev *dev,
			  const struct mbx_rules __user *urules)
{
	struct mbx_rules rules;

	copy_from_user(&rules, urules, sizeof(rules)); /* expect: lin-copy-user-unchecked "copy_from_user" */
	if (!rules.min_len || rules.min_len > rules.max_len ||
	    rules.max_len > MBX_MSG_MAX)
		return -EINVAL;

	if (down_interruptible(&dev->cfg_sem))
		return -ERESTARTSYS;
	dev->rules = rules;
	up(&dev->cfg_sem);
	return 0;
}

static long mbx_peek(struct mbx_dev *dev, struct mbx_peek __user *upeek)
{
	struct mbx_peek *peek;
	struct mbx_msg *msg;
	long ret = 0;

	peek = kzalloc(sizeof(*peek), GFP_KERNEL); /* note: lin-null-unchecked "peek" */

	spin_lock(&dev->lock);
	if (list_empty(&dev->queue)) {
		spin_unlock(&dev->lock);
		ret = -ENODATA;
		goto out;
	}
	msg = list_first_entry(&dev->queue, struct mbx_msg, link);
	peek->seq = msg->seq; /* expect: lin-null-unchecked "peek" */
	peek->len = msg->len;
	memcpy(peek->data, msg->data, min_t(size_t, msg->len, MBX_PEEK_LEN));
	spin_unlock(&dev->lock);

	if (copy_to_user(upeek, peek, sizeof(*peek)))
		ret = -EFAULT;
out:
	kfree(peek);
	return ret;
}

static long mbx_send_batch(struct mbx_dev *dev, struct mbx_batch __user *ubatch,
			   bool nonblock)
{
	struct mbx_batch batch;
	struct mbx_msg *msg;
	struct mbx_vec *vec;
	int ret;
	u32 i;

	ret = copy_from_user(&batch, ubatch, sizeof(batch)); /* note: lin-copy-user-errno "copy_from_user" */
	if (ret)
		return ret; /* expect: lin-copy-user-errno "copy_from_user" */
	if (!batch.count || batch.count > MBX_BATCH_MAX)
		return -EINVAL;

	vec = memdup_user(u64_to_user_ptr(batch.vec),
			  array_size(batch.count, sizeof(*vec)));
	if (IS_ERR(vec))
		return PTR_ERR(vec);

	for (i = 0; i < batch.count; i++) {
		msg = mbx_msg_from_user(dev, u64_to_user_ptr(vec[i].base),
					vec[i].len);
		if (IS_ERR(msg)) {
			ret = PTR_ERR(msg);
			break;
		}
		ret = mbx_post(dev, msg, nonblock);
		if (ret) {
			kfree(msg);
			break;
		}
	}
	kfree(vec);

	/* A batch that was sent in part counts as success. */
	if (put_user(i, &ubatch->sent))
		return -EFAULT;
	return i ? 0 : ret;
}

static long mbx_get_senders(struct mbx_dev *dev,
			    struct mbx_sender_list __user *ulist)
{
	struct mbx_sender_info __user *entries;
	struct mbx_sender_info info;
	struct mbx_sender_list list;
	struct mbx_sender *snd;
	long ret = 0;
	u32 n = 0;

	if (copy_from_user(&list, ulist, sizeof(list)))
		return -EFAULT;
	if (!list.capacity || list.capacity > MBX_SENDERS_MAX)
		return -EINVAL;

	entries = u64_to_user_ptr(list.entries);

	spin_lock(&dev->lock); /* note: lin-user-atomic "dev->lock" */
	list_for_each_entry(snd, &dev->senders, link) {
		if (n == list.capacity)
			break;
		info.tgid = snd->tgid;
		info.messages = snd->messages;
		info.bytes = snd->bytes;
		if (copy_to_user(&entries[n], &info, sizeof(info))) { /* expect: lin-user-atomic "copy_to_user" */
			ret = -EFAULT;
			break;
		}
		n++;
	}
	spin_unlock(&dev->lock);

	if (!ret && put_user(n, &ulist->count))
		ret = -EFAULT;
	return ret;
}

static void mbx_reset(struct mbx_dev *dev)
{
	struct mbx_sender *snd, *tmp;

	spin_lock(&dev->lock);
	mbx_flush(dev, true);
	list_for_each_entry_safe(snd, tmp, &dev->senders, link) {
		list_del(&snd->link);
		kfree(snd);
	}
	dev->nr_senders = 0;
	dev->sent = 0;
	dev->received = 0;
	dev->rejected = 0;
	spin_unlock(&dev->lock);
}

static long mbx_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct mbx_file *mf = file->private_data;
	struct mbx_dev *dev = mf->dev;
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case MBX_IOC_GET_INFO:
		return mbx_get_info(dev, argp);
	case MBX_IOC_GET_STATS:
		return mbx_get_stats(dev, argp);
	case MBX_IOC_GET_COUNT:
		return put_user(READ_ONCE(dev->nr_msgs), (u32 __user *)argp);
	case MBX_IOC_SET_LIMIT:
		return mbx_set_limit(dev, argp);
	case MBX_IOC_SET_LABEL:
		return mbx_set_label(dev, argp);
	case MBX_IOC_SET_RULES:
		return mbx_set_rules(dev, argp);
	case MBX_IOC_PEEK:
		return mbx_peek(dev, argp);
	case MBX_IOC_SEND_BATCH:
		return mbx_send_batch(dev, argp, file->f_flags & O_NONBLOCK);
	case MBX_IOC_GET_SENDERS:
		return mbx_get_senders(dev, argp);
	case MBX_IOC_RESET:
		if (!(file->f_mode & FMODE_WRITE))
			return -EBADF;
		mbx_reset(dev);
		return 0;
	default:
		return -ENOTTY;
	}
}

static int mbx_open(struct inode *inode, struct file *file)
{
	struct mbx_dev *dev = container_of(inode->i_cdev, struct mbx_dev, cdev);
	struct mbx_file *mf;

	mf = kzalloc(sizeof(*mf), GFP_KERNEL);
	if (!mf)
		return -ENOMEM;
	mf->dev = dev;
	mutex_init(&mf->lock);

	if ((file->f_mode & FMODE_WRITE) && (file->f_flags & O_TRUNC))
		mbx_flush(dev, false);

	atomic_inc(&dev->openers);
	file->private_data = mf;
	return stream_open(inode, file);
}

static int mbx_release(struct inode *inode, struct file *file)
{
	struct mbx_file *mf = file->private_data;

	mutex_destroy(&mf->lock);
	kfree(mf->cur);
	kfree(mf); /* note: lin-use-after-free "mf" */
	atomic_dec(&mf->dev->openers); /* expect: lin-use-after-free "mf" */
	return 0;
}

static const struct file_operations mbx_fops = {
	.owner = THIS_MODULE,
	.open = mbx_open,
	.release = mbx_release,
	.read = mbx_read,
	.write = mbx_write,
	.poll = mbx_poll,
	.unlocked_ioctl = mbx_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = no_llseek,
};

static int mbx_setup_minor(struct mbx_dev *dev, unsigned int index)
{
	dev_t devt = MKDEV(MAJOR(mbx_first), MINOR(mbx_first) + index);
	struct device *node;
	int ret;

	dev->index = index;
	dev->limit = MBX_LIMIT_DEFAULT;
	dev->rules.min_len = 1;
	dev->rules.max_len = MBX_MSG_MAX;
	atomic_set(&dev->openers, 0);
	sema_init(&dev->cfg_sem, 1);
	spin_lock_init(&dev->lock);
	INIT_LIST_HEAD(&dev->queue);
	INIT_LIST_HEAD(&dev->senders);
	init_waitqueue_head(&dev->readq);
	init_waitqueue_head(&dev->writeq);

	cdev_init(&dev->cdev, &mbx_fops);
	dev->cdev.owner = THIS_MODULE;
	ret = cdev_add(&dev->cdev, devt, 1); /* note: lin-chrdev-leak "dev->cdev" */
	if (ret)
		return ret;

	node = device_create(mbx_class, NULL, devt, dev, MBX_NAME "%u", index);
	if (IS_ERR(node))
		return PTR_ERR(node); /* expect: lin-chrdev-leak "cdev_add" */
	return 0;
}

static void mbx_teardown_minor(struct mbx_dev *dev)
{
	device_destroy(mbx_class, dev->cdev.dev);
	cdev_del(&dev->cdev);
	mbx_reset(dev);
}

static int __init mbx_init(void)
{
	unsigned int i;
	int ret;

	ret = alloc_chrdev_region(&mbx_first, 0, MBX_MINORS, MBX_NAME); /* note: lin-init-unwind "device numbers" */
	if (ret)
		return ret;

	mbx_devs = kcalloc(MBX_MINORS, sizeof(*mbx_devs), GFP_KERNEL);
	if (!mbx_devs)
		return -ENOMEM; /* expect: lin-init-unwind "alloc_chrdev_region" */

	mbx_class = class_create(THIS_MODULE, MBX_NAME); /* note: lin-errptr-check "mbx_class" */
	if (!mbx_class) { /* expect: lin-errptr-check "mbx_class" */
		ret = -ENOMEM;
		goto err_devs;
	}

	for (i = 0; i < MBX_MINORS; i++) {
		ret = mbx_setup_minor(&mbx_devs[i], i);
		if (ret)
			goto err_minors;
	}

	pr_info("%u mailboxes, major %u\n", MBX_MINORS, MAJOR(mbx_first));
	return 0;

err_minors:
	while (i--)
		mbx_teardown_minor(&mbx_devs[i]);
	class_destroy(mbx_class);
err_devs:
	kfree(mbx_devs);
	unregister_chrdev_region(mbx_first, MBX_MINORS);
	return ret;
}

static void __exit mbx_exit(void)
{
	unsigned int i;

	for (i = 0; i < MBX_MINORS; i++)
		mbx_teardown_minor(&mbx_devs[i]);
	class_destroy(mbx_class);
	kfree(mbx_devs);
	unregister_chrdev_region(mbx_first, MBX_MINORS);
}

module_init(mbx_init);
module_exit(mbx_exit);

MODULE_DESCRIPTION("Mailbox character devices");
MODULE_LICENSE("GPL");
