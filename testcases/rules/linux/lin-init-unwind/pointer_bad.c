/* The parts are started through a pointer, and the first is not stopped when a later step fails. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

struct stage_ops {
	int (*start)(void);
	void (*stop)(void);
};

static struct miscdevice stage_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "stage" };
static const struct file_operations stage_fops = { .owner = THIS_MODULE };

static int stage_start(void)
{
	return misc_register(&stage_misc);
}

static void stage_stop(void)
{
	misc_deregister(&stage_misc);
}

static const struct stage_ops stage_ops = { .start = stage_start, .stop = stage_stop };

static int __init stage_init(void)
{
	int err = stage_ops.start();

	if (err)
		return err; /* ok: lin-init-unwind */
	err = register_chrdev(43, "stage", &stage_fops);
	if (err)
		return err; /* expect: lin-init-unwind "stage_misc" */
	return 0;
}
module_init(stage_init);

static void __exit stage_exit(void)
{
	unregister_chrdev(43, "stage");
	stage_ops.stop();
}
module_exit(stage_exit);
MODULE_LICENSE("GPL");
