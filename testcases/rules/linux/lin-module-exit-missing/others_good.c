/* Undone by functions of the kernel that the facts do not know, and by number. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/hdlc.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

struct relay {
	struct net_device *dev;
	unsigned long base;
};

static struct relay relay;

static int relay_claim(const struct resource *window)
{
	if (!request_region(window->start, 8, "relay")) /* ok: lin-module-exit-missing */
		return -EBUSY;
	relay.base = window->start;
	return 0;
}

static int __init relay_init(void)
{
	struct resource window = { .start = 0x300, .end = 0x307 };
	int err = relay_claim(&window);

	if (err)
		return err;
	relay.dev = alloc_hdlcdev(&relay);
	if (!relay.dev) {
		release_region(relay.base, 8);
		return -ENOMEM;
	}
	err = register_hdlc_device(relay.dev); /* ok: lin-module-exit-missing */
	if (err) {
		release_region(relay.base, 8);
		free_netdev(relay.dev);
	}
	return err;
}

static void __exit relay_exit(void)
{
	unregister_hdlc_device(relay.dev);
	free_netdev(relay.dev);
	release_region(relay.base, 8);
}

module_init(relay_init);
module_exit(relay_exit);
MODULE_LICENSE("GPL");
