/* File operations whose results mislead their callers. */
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

static int meter_open(struct inode *inode, struct file *file)
{
	if (meter.is_open)
		return EBUSY; /* expect: lin-fops-retval "EBUSY, which is positive" */
	meter.is_open = true;
	file->private_data = &meter;
	return 0;
}

static ssize_t meter_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct meter *m = file->private_data;

	if (count < sizeof(m->last)) /* note: lin-fops-retval "`count < sizeof(m->last)` is false" */
		return EINVAL; /* expect: lin-fops-retval "EINVAL without a minus" */
	if (copy_to_user(buf, &m->last, sizeof(m->last)))
		return -EFAULT;
	*pos += sizeof(m->last);
	return count + 1; /* expect: lin-fops-retval "count + 1" */
}

/* trap: lin-fops-retval shared-helper */
static int meter_check(struct meter *m, size_t count)
{
	if (count > 16) {
		m->last = 0;
		return ENOSPC;
	}
	return 0;
}

static int meter_map(struct file *file, struct vm_area_struct *vma)
{
	int err = meter_check(&meter, vma->vm_end - vma->vm_start);

	if (err)
		return err; /* expect: lin-fops-retval "err, which is positive" */
	return -ENODEV;
}

/* trap: lin-fops-retval unknown-sign */
static ssize_t meter_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct meter *m = file->private_data;
	ssize_t result = count;

	mutex_lock(&m->lock);
	if (count != sizeof(m->last)) {
		result = EINVAL;
		goto out;
	}
	if (copy_from_user(&m->last, buf, sizeof(m->last)))
		result = -EFAULT;
out:
	mutex_unlock(&m->lock);
	return result; /* expect: lin-fops-retval "without a minus" */
}

static long meter_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct meter *m = file->private_data;

	switch (cmd) {
	case 1:
		return m->last;
	case 2:
		return ENODATA; /* expect: lin-fops-retval "ENODATA" */
	default:
		return -ENOTTY;
	}
}

static const struct file_operations meter_fops = {
	.owner = THIS_MODULE,
	.open = meter_open,
	.read = meter_read,
	.write = meter_write,
	.mmap = meter_map,
	.unlocked_ioctl = meter_ioctl,
};

int meter_register(void)
{
	mutex_init(&meter.lock);
	return register_chrdev(0, "meter", &meter_fops);
}

static ssize_t limit_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	return count + sizeof(*buf); /* expect: lin-fops-retval "more than it was asked for" */
}

static DEVICE_ATTR_WO(limit);

int meter_attributes(struct device *dev)
{
	return device_create_file(dev, &dev_attr_limit);
}
