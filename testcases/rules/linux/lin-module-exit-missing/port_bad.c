/* Ports whose numbers stay in variables: that one region is released says nothing of the other. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/hdlc.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

static int index_port = 0x2e;
static int data_port = -1;

static int __init bell_init(void)
{
	if (!request_region(index_port, 2, "bell"))
		return -EBUSY;
	data_port = inb(index_port) << 8;
	if (!request_region(data_port, 0x20, "bell")) { /* expect: lin-module-exit-missing "i/o region" */
		release_region(index_port, 2);
		return -EBUSY;
	}
	outb(1, data_port);
	release_region(index_port, 2);
	return 0;
}

static void __exit bell_exit(void) /* note: lin-module-exit-missing "does not release it" */
{
	outb(0, data_port);
}

module_init(bell_init);
module_exit(bell_exit);

MODULE_LICENSE("GPL");
