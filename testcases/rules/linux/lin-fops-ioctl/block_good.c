/* Block devices still have .ioctl. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/ioctl.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

/* trap: lin-fops-ioctl block-device */
static int lamp_ioctl(struct block_device *bdev, fmode_t mode, unsigned int cmd, unsigned long arg)
{
	return cmd == 1 ? 0 : -ENOTTY;
}

static const struct block_device_operations lamp_ops = {
	.owner = THIS_MODULE,
	.ioctl = lamp_ioctl,
};

const struct block_device_operations *lamp_operations(void)
{
	return &lamp_ops;
}
