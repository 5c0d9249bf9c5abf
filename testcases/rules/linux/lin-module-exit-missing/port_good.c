/* A port whose number is copied: the region is released under another name. */
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
static struct {
	int base;
} bell;

static int __init bell_init(void)
{
	if (!request_region(index_port, 2, "bell"))
		return -EBUSY;
	data_port = inb(index_port) << 8;
	if (!request_region(data_port, 0x20, "bell")) {
		release_region(index_port, 2);
		return -EBUSY;
	}
	bell.base = data_port;
	outb(1, data_port);
	release_region(index_port, 2);
	return 0;
}

static void __exit bell_exit(void)
{
	outb(0, data_port);
	release_region(bell.base, 0x20);
}

module_init(bell_init);
module_exit(bell_exit);

MODULE_LICENSE("GPL");
