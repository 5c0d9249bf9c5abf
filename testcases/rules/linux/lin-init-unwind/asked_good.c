/* A global says what was registered, and the same question is asked before and after. */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

static struct input_dev *bell, *horn;
static struct platform_driver belfry_driver = { .driver = { .name = "belfry" } };
bool belfry_has_part(const char *name);

static int input_make(struct input_dev **result)
{
	struct input_dev *dev = input_allocate_device();
	int err;

	if (!dev)
		return -ENOMEM;
	err = input_register_device(dev);
	if (err) {
		input_free_device(dev);
		return err;
	}
	*result = dev;
	return 0;
}

static int __init belfry_init(void)
{
	int err;

	if (belfry_has_part("horn")) {
		err = input_make(&horn);
		if (err)
			return err;
		err = input_make(&bell);
		if (err)
			pr_warn("no bell\n");
	}
	err = platform_driver_register(&belfry_driver);
	if (!err)
		return 0;
	if (belfry_has_part("horn"))
		input_unregister_device(horn);
	if (bell)
		input_unregister_device(bell);
	return err; /* ok: lin-init-unwind */
}

static void __exit belfry_exit(void)
{
	platform_driver_unregister(&belfry_driver);
	if (belfry_has_part("horn"))
		input_unregister_device(horn);
	if (bell)
		input_unregister_device(bell);
}

module_init(belfry_init);
module_exit(belfry_exit);
MODULE_LICENSE("GPL");
