/* The driver data of another device leads to the child. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>

struct dock {
	struct platform_device child;
};

static int dock_probe(struct platform_device *pdev)
{
	struct dock *dock = devm_kzalloc(&pdev->dev, sizeof(*dock), GFP_KERNEL);
	struct platform_device *child;
	int err;

	if (!dock)
		return -ENOMEM;
	child = &dock->child;
	child->name = "dock-child";
	err = platform_device_register(child); /* ok: lin-module-exit-missing */
	if (err) {
		platform_device_put(child);
		return err;
	}
	pdev->dev.driver_data = child;
	return 0;
}

static int dock_remove(struct platform_device *pdev)
{
	struct platform_device *child = pdev->dev.driver_data;

	platform_device_unregister(child);
	return 0;
}

static struct platform_driver dock_driver = {
	.probe = dock_probe,
	.remove = dock_remove,
	.driver = { .name = "dock" },
};
module_platform_driver(dock_driver);
MODULE_LICENSE("GPL");
