/* Trap: freed by remove, by the device, or on the ladder. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/hid.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct fan {
	char *table;
	int speed;
};

static int fan_setup(struct fan *f)
{
	f->table = kmalloc(32, GFP_KERNEL);
	return f->table ? 0 : -ENOMEM;
}

static int fan_probe(struct platform_device *pdev)
{
	struct fan *f = kzalloc(sizeof(*f), GFP_KERNEL);
	int err;

	if (!f)
		return -ENOMEM;
	err = fan_setup(f);
	if (err)
		goto free_fan;
	platform_set_drvdata(pdev, f);
	return 0; /* ok: lin-mem-leak */
free_fan:
	kfree(f);
	return err; /* ok: lin-mem-leak */
}

static int fan_remove(struct platform_device *pdev)
{
	struct fan *f = platform_get_drvdata(pdev);

	kfree(f->table);
	kfree(f);
	return 0;
}

static struct platform_driver fan_driver = {
	.probe = fan_probe,
	.remove = fan_remove,
	.driver = { .name = "fan" },
};
module_platform_driver(fan_driver);
MODULE_LICENSE("GPL");
