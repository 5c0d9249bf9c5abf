#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include "plough.h"

static struct miscdevice plough_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "plough" };

static int __init plough_init(void)
{
	int err = plough_create();

	if (err)
		return err; /* ok: lin-init-unwind */
	err = misc_register(&plough_misc);
	if (err)
		plough_destroy();
	return err; /* ok: lin-init-unwind */
}
module_init(plough_init);

static void __exit plough_exit(void)
{
	misc_deregister(&plough_misc);
	plough_destroy();
}
module_exit(plough_exit);
MODULE_LICENSE("GPL");
