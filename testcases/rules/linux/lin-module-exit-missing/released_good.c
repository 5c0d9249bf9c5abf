/* Requested on open, freed on release. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static int chime_strikes;

static irqreturn_t chime_interrupt(int irq, void *data)
{
	chime_strikes++;
	return IRQ_HANDLED;
}

static int chime_open(struct inode *inode, struct file *file)
{
	return request_irq(11, chime_interrupt, 0, "chime", &chime_strikes); /* ok: lin-module-exit-missing */
}

/* trap: lin-module-exit-missing released-in-role */
static int chime_release(struct inode *inode, struct file *file)
{
	free_irq(11, &chime_strikes);
	return 0;
}

static const struct file_operations chime_fops = {
	.owner = THIS_MODULE,
	.open = chime_open,
	.release = chime_release,
};
static struct miscdevice chime_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "chime", .fops = &chime_fops };

static int __init chime_init(void)
{
	return misc_register(&chime_misc);
}
module_init(chime_init);

static void __exit chime_exit(void)
{
	misc_deregister(&chime_misc);
}
module_exit(chime_exit);
MODULE_LICENSE("GPL");
