/* An input device that nobody unregisters when the driver goes. */
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
	struct input_dev *input = input_allocate_device();
	int err;

	if (!input)
		return -ENOMEM;
	input->name = "lever";
	input_set_capability(input, EV_KEY, KEY_UP);
	err = input_register_device(input); /* expect: lin-remove-missing "input device" */
	if (err)
		input_free_device(input);
	return err;
}

static struct platform_driver lever_driver = {
	.probe = lever_probe,
	.driver = { .name = "lever" },
};

module_platform_driver(lever_driver);

MODULE_LICENSE("GPL");
