/* Counts and negative errnos. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

struct meter {
	struct mutex lock;
	int last;
	bool is_open;
};

static struct meter meter;

int meter_measure(struct meter *m);

static int meter_open(struct inode *inode, struct file *file)
{
	if (meter.is_open)
		return -EBUSY;
	meter.is_open = true;
	file->private_data = &meter;
	return 0;
}

/* trap: lin-fops-retval shared-helper */
static int meter_check(size_t count)
{
	if (count > 16)
		return ENOSPC;
	return count ? 0 : EINVAL;
}

static ssize_t meter_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct meter *m = file->private_data;
	int err = meter_check(count);

	if (err)
		return -err;
	if (*pos)
		return 0;
	if (count > sizeof(m->last))
		count = sizeof(m->last);
	if (copy_to_user(buf, &m->last, count))
		return -EFAULT;
	*pos += count;
	return count;
}

/* trap: lin-fops-retval unknown-sign */
static ssize_t meter_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct meter *m = file->private_data;
	ssize_t result = meter_measure(m);

	if (result)
		return result;
	mutex_lock(&m->lock);
	result = count;
	if (copy_from_user(&m->last, buf, min(count, sizeof(m->last))))
		result = -EFAULT;
	mutex_unlock(&m->lock);
	return result;
}

/* An ioctl may return a number. */
static long meter_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct meter *m = file->private_data;

	switch (cmd) {
	case 1:
		return m->last;
	case 2:
		return 22;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations meter_fops = {
	.owner = THIS_MODULE,
	.open = meter_open,
	.read = meter_read,
	.write = meter_write,
	.unlocked_ioctl = meter_ioctl,
};

int meter_register(void)
{
	mutex_init(&meter.lock);
	return register_chrdev(0, "meter", &meter_fops);
}
