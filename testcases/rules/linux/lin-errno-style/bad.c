/* -1 for whatever goes wrong. */
#include <linux/capability.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/uaccess.h>

struct dial {
	int position;
	bool is_ready;
};

static struct dial dial;

/* trap: lin-errno-style eperm-meant */
static int dial_open(struct inode *inode, struct file *file)
{
	if (!dial.is_ready) /* note: lin-errno-style "`dial.is_ready` is false" */
		return -1; /* expect: lin-errno-style "-EPERM" */
	file->private_data = &dial;
	return 0;
}

/* trap: lin-errno-style helper-minus-one */
static int dial_turn(struct dial *d, int position)
{
	if (position > 100)
		return -1;
	d->position = position;
	return 0;
}

static ssize_t dial_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct dial *d = file->private_data;
	int position, err;

	if (count < sizeof(position))
		return -EINVAL;
	if (copy_from_user(&position, buf, sizeof(position)))
		return -EFAULT;
	err = dial_turn(d, position);
	return err ? err : count;
}

static ssize_t dial_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct dial *d = file->private_data;
	ssize_t result = -1;

	if (count < sizeof(d->position))
		goto out;
	result = -EFAULT;
	if (copy_to_user(buf, &d->position, sizeof(d->position)))
		goto out;
	result = sizeof(d->position);
out:
	return result; /* expect: lin-errno-style "returns -1" */
}

static long dial_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct dial *d = file->private_data;

	switch (cmd) {
	case 1:
		return d->position;
	default:
		return -EINVAL; /* expect: lin-errno-style "-EINVAL" */
	}
}

static const struct file_operations dial_fops = {
	.owner = THIS_MODULE,
	.open = dial_open,
	.read = dial_read,
	.write = dial_write,
	.unlocked_ioctl = dial_ioctl,
};

int dial_register(void)
{
	return register_chrdev(0, "dial", &dial_fops);
}
