/* An input device that devm_input_allocate_device() gave is unregistered by the driver core. */
#include <linux/input.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/usb.h>
#include <scsi/scsi_host.h>

static int lever_probe(struct platform_device *pdev)
{
	struct input_dev *input = devm_input_allocate_device(&pdev->dev);

	if (!input)
		return -ENOMEM;
	input->name = "lever";
	input_set_capability(input, EV_KEY, KEY_UP);
	return input_register_device(input);
}

static struct platform_driver lever_driver = {
	.probe = lever_probe,
	.driver = { .name = "lever" },
};

module_platform_driver(lever_driver);

MODULE_LICENSE("GPL");
