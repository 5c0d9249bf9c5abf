/* A character driver for a kernel of 2.6: parts of it no longer fit today's
 * headers. Each line marked "gone" needs a repair or a compatibility name. */
#include <linux/module.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

struct old_device {
	spinlock_t lock;
	struct timer_list timer;
	struct work_struct work;
	int irq;
	char *buffer;
};

static struct old_device device;

static void old_tick(unsigned long data)
{
	struct old_device *dev = (struct old_device *)data;

	spin_lock(&dev->lock);
	mod_timer(&dev->timer, jiffies + HZ);
	spin_unlock(&dev->lock);
}

static void old_bottom_half(unsigned long data)
{
	printk(KERN_INFO "%lu\n", data);
}

static DECLARE_TASKLET(old_tasklet, old_bottom_half, 0); /* gone: third argument */

static void old_work(struct work_struct *work)
{
	kfree(device.buffer);
}

static irqreturn_t old_interrupt(int irq, void *dev_id)
{
	tasklet_schedule(&old_tasklet);
	return IRQ_HANDLED;
}

static ssize_t old_read(struct file *file, char __user *buffer, size_t size, loff_t *offset)
{
	if (!access_ok(VERIFY_WRITE, buffer, size)) /* gone: first argument */
		return -EFAULT;
	return copy_to_user(buffer, device.buffer, size) ? -EFAULT : size;
}

static int old_ioctl(struct inode *inode, struct file *file, unsigned int command, unsigned long argument)
{
	return -ENOTTY;
}

static int old_open(struct inode *inode, struct file *file)
{
	return 0;
}

static const struct file_operations old_operations = {
	.owner = THIS_MODULE,
	.open = old_open,
	.ioctl = old_ioctl, /* gone: member */
	.read = old_read,
};

static int __devinit old_start(void)
{
	int error;

	device.buffer = kmalloc(64, GFP_KERNEL);
	if (!device.buffer)
		return -ENOMEM;
	spin_lock_init(&device.lock);
	setup_timer(&device.timer, old_tick, (unsigned long)&device); /* gone: function */
	INIT_WORK(&device.work, old_work, NULL); /* gone: third argument */
	error = request_irq(device.irq, old_interrupt, IRQF_DISABLED | IRQF_SHARED, "old", &device); /* gone: constant */
	if (error)
		goto out_free;
	return register_chrdev(42, "old", &old_operations);

out_free:
	kfree(device.buffer);
	return error;
}

static void __devexit old_stop(void)
{
	unregister_chrdev(42, "old");
	free_irq(device.irq, &device);
	del_timer_sync(&device.timer);
}

module_init(old_start);
module_exit(old_stop);
MODULE_LICENSE("GPL");
