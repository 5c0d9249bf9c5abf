/* Killed when the last user closes. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>

static int pulses;

static void pulse_tasklet_fn(struct tasklet_struct *t)
{
	pulses++;
}

static DECLARE_TASKLET(pulse_tasklet, pulse_tasklet_fn);

static int pulse_open(struct inode *inode, struct file *file)
{
	tasklet_schedule(&pulse_tasklet); /* ok: lin-tasklet-not-killed */
	return 0;
}

/* trap: lin-tasklet-not-killed killed-on-close */
static int pulse_release(struct inode *inode, struct file *file)
{
	tasklet_kill(&pulse_tasklet);
	return 0;
}

static const struct file_operations pulse_fops = {
	.owner = THIS_MODULE,
	.open = pulse_open,
	.release = pulse_release,
};
static struct miscdevice pulse_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "pulse", .fops = &pulse_fops };

static int __init pulse_init(void)
{
	return misc_register(&pulse_misc);
}
module_init(pulse_init);

static void __exit pulse_exit(void)
{
	misc_deregister(&pulse_misc);
}
module_exit(pulse_exit);
MODULE_LICENSE("GPL");
