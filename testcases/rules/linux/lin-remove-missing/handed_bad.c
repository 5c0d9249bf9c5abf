/* The record lies in a field that the kernel keeps for the driver, and remove does not free it. */
#include <linux/etherdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/parport.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct tape {
	struct parport *port;
	int position;
};

static int tape_probe(struct platform_device *pdev)
{
	struct parport *port = dev_get_platdata(&pdev->dev);
	struct tape *tape;

	tape = kzalloc(sizeof(*tape), GFP_KERNEL); /* expect: lin-remove-missing "memory that kzalloc" */
	if (!tape)
		return -ENOMEM;
	tape->port = port;
	port->private_data = tape;
	platform_set_drvdata(pdev, port);
	return 0;
}

static int tape_remove(struct platform_device *pdev)
{
	struct parport *port = platform_get_drvdata(pdev);
	struct tape *tape = port->private_data;

	tape->position = 0;
	return 0;
}

static struct platform_driver tape_driver = {
	.probe = tape_probe,
	.remove = tape_remove,
	.driver = { .name = "tape" },
};

module_platform_driver(tape_driver);

MODULE_LICENSE("GPL");
