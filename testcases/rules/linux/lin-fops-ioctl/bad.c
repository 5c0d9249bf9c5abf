/* Wrong answers to unknown commands. */
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

/* trap: lin-fops-ioctl einval */
static long lamp_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case LAMP_ON:
		lamp.level = 100;
		return 0;
	case LAMP_OFF:
		lamp.level = 0;
		return 0;
	default:
		pr_warn("lamp: unknown command\n");
		return -EFAULT; /* expect: lin-fops-ioctl "-EFAULT" */ /* note: lin-fops-ioctl "lamp_ioctl answers a command that it does" */
	}
}

/* trap: lin-fops-ioctl forwarded */
static long lamp_locked_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long err = -ENOTTY;

	mutex_lock(&lamp.lock);
	switch (_IOC_NR(cmd)) {
	case 3:
		err = get_user(lamp.level, (int __user *)arg);
		break;
	default:
		err = 0; /* expect: lin-fops-ioctl "with 0" */
	}
	mutex_unlock(&lamp.lock);
	return err;
}

/* Without a default case, all others seem to succeed. */
static long lamp_compat_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case LAMP_ON:
		lamp.level = 100;
		break;
	case LAMP_LEVEL:
		return -EINVAL;
	}
	return 0; /* expect: lin-fops-ioctl "with 0" */
}

static int lamp_short_ioctl(struct file *file, unsigned int cmd, unsigned long arg) /* expect: lin-fops-ioctl "returns long" */
{
	return cmd == LAMP_ON ? 0 : -ENOTTY;
}

static const struct file_operations lamp_short_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = lamp_short_ioctl,
};

static const struct file_operations lamp_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = lamp_ioctl,
	.compat_ioctl = lamp_compat_ioctl,
};

static const struct file_operations lamp_locked_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = lamp_locked_ioctl,
};

int lamp_register(void)
{
	int err = register_chrdev(240, "lamp", &lamp_fops);

	if (err)
		return err;
	err = register_chrdev(241, "lamp-locked", &lamp_locked_fops);
	if (err)
		goto out;
	err = register_chrdev(242, "lamp-short", &lamp_short_fops);
	if (err)
		goto out_locked;
	return 0;
out_locked:
	unregister_chrdev(241, "lamp-locked");
out:
	unregister_chrdev(240, "lamp");
	return err;
}
