/* What device_create gave goes by device_unregister, too. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static struct class bus_class = { .name = "shelf" };

static int shelf_probe(struct platform_device *pdev)
{
	struct device *bus = device_create(&bus_class, &pdev->dev, MKDEV(0, 0), NULL, "shelf");

	if (IS_ERR(bus))
		return PTR_ERR(bus);
	dev_set_drvdata(&pdev->dev, bus);
	return 0;
}

static int shelf_remove(struct platform_device *pdev)
{
	device_unregister(dev_get_drvdata(&pdev->dev));
	return 0;
}

static struct platform_driver shelf_driver = {
	.probe = shelf_probe,
	.remove = shelf_remove,
	.driver = { .name = "shelf" },
};

static int __init shelf_init(void)
{
	int err = class_register(&bus_class);

	if (err)
		return err;
	err = platform_driver_register(&shelf_driver);
	if (err)
		class_unregister(&bus_class);
	return err;
}

static void __exit shelf_exit(void)
{
	platform_driver_unregister(&shelf_driver);
	class_unregister(&bus_class);
}

module_init(shelf_init);
module_exit(shelf_exit);
MODULE_LICENSE("GPL");
