/* The same by hand, and the exit function forgets the driver. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>

static int horn_blasts;

static int horn_probe(struct platform_device *pdev)
{
	horn_blasts = 0;
	return 0;
}

static struct platform_driver horn_driver = { .probe = horn_probe, .driver = { .name = "horn" } };

/* trap: lin-module-exit-missing driver-macro */
static int __init horn_init(void)
{
	return platform_driver_register(&horn_driver); /* expect: lin-module-exit-missing "platform driver" */
}
module_init(horn_init);

static void __exit horn_exit(void)
{
	horn_blasts = 0;
}
module_exit(horn_exit);
MODULE_LICENSE("GPL");
