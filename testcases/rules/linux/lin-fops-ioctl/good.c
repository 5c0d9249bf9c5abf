/* -ENOTTY for what is not known. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

#define LAMP_ON _IO('L', 1)
#define LAMP_OFF _IO('L', 2)
#define LAMP_LEVEL _IOW('L', 3, int)

struct lamp {
	struct mutex lock;
	int level;
};

static struct lamp lamp = { .lock = __MUTEX_INITIALIZER(lamp.lock) };

static long lamp_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long err = 0;

	mutex_lock(&lamp.lock);
	switch (cmd) {
	case LAMP_ON:
		lamp.level = 100;
		break;
	case LAMP_OFF:
		lamp.level = 0;
		break;
	default:
		err = -ENOTTY;
	}
	mutex_unlock(&lamp.lock);
	return err;
}

/* trap: lin-fops-ioctl forwarded */
static long lamp_forwarding_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case LAMP_LEVEL:
		return get_user(lamp.level, (int __user *)arg);
	default:
		return lamp_ioctl(file, cmd, arg);
	}
}

/* trap: lin-fops-ioctl einval */
static long lamp_old_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case LAMP_ON:
		lamp.level = 100;
		return 0;
	default:
		return -EINVAL;
	}
}

/* The first switch only prepares. */
static long lamp_two_step_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	int level = 0;

	switch (cmd) {
	case LAMP_LEVEL:
		if (get_user(level, (int __user *)arg))
			return -EFAULT;
		break;
	}
	if (cmd != LAMP_LEVEL)
		return -ENOTTY;
	lamp.level = level;
	return 0;
}

static const struct file_operations lamp_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = lamp_forwarding_ioctl,
	.compat_ioctl = lamp_old_ioctl,
};

static const struct file_operations lamp_two_step_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = lamp_two_step_ioctl,
};

int lamp_register(void)
{
	int err = register_chrdev(240, "lamp", &lamp_fops);

	if (err)
		return err;
	err = register_chrdev(241, "lamp-two-step", &lamp_two_step_fops);
	if (err)
		unregister_chrdev(240, "lamp");
	return err;
}
