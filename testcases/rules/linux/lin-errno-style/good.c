/* Errnos that say what went wrong. */
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
	int err = -EPERM;

	if (!capable(CAP_SYS_ADMIN))
		return err;
	if (!dial.is_ready)
		return -ENODEV;
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
	int position;

	if (count < sizeof(position))
		return -EINVAL;
	if (copy_from_user(&position, buf, sizeof(position)))
		return -EFAULT;
	return dial_turn(d, position) < 0 ? -ERANGE : count;
}

static const struct file_operations dial_fops = {
	.owner = THIS_MODULE,
	.open = dial_open,
	.write = dial_write,
};

int dial_register(void)
{
	return register_chrdev(0, "dial", &dial_fops);
}
