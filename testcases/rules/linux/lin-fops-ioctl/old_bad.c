/* parse-errors-allowed: the field is gone */
/* A driver of the time before 2.6.36. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

static int lamp_level;

/* trap: lin-fops-ioctl block-device */
static int lamp_ioctl(struct inode *inode, struct file *file, unsigned int cmd, unsigned long arg)
{
	if (cmd != 1)
		return -ENOTTY;
	lamp_level = 100;
	return 0;
}

static const struct file_operations lamp_fops = {
	.owner = THIS_MODULE,
	.ioctl = lamp_ioctl, /* expect: lin-fops-ioctl "gone since Linux 2.6.36" */
};

int lamp_register(void)
{
	return register_chrdev(240, "lamp", &lamp_fops);
}
