/* What was registered in a cycle of calls is left when the last step fails. */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

static struct miscdevice cog_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "cog" };
static int cog_teeth;

static int cog_odd(int n);

static int cog_even(int n)
{
	cog_teeth++;
	return n > 0 ? cog_odd(n - 1) : -EINVAL;
}

static int cog_odd(int n)
{
	cog_teeth--;
	return n > 0 ? cog_even(n - 1) : 0;
}

static int __init cog_init(void)
{
	int err = misc_register(&cog_misc);

	if (err)
		return err;
	err = cog_even(8);
	if (err)
		return err; /* expect: lin-init-unwind "cog_misc" */
	return 0;
}
module_init(cog_init);

static void __exit cog_exit(void)
{
	misc_deregister(&cog_misc);
}
module_exit(cog_exit);
MODULE_LICENSE("GPL");
