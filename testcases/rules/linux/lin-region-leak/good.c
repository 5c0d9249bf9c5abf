/* Released on failure, kept on success, or managed. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define LAMP_PORT 0x378

struct lamp {
	void __iomem *regs;
	resource_size_t phys;
	int mode;
};

int lamp_probe(struct lamp *l)
{
	if (!request_region(LAMP_PORT, 8, "lamp"))
		return -EBUSY; /* ok: lin-region-leak */
	if (inb(LAMP_PORT) == 0xff) {
		release_region(LAMP_PORT, 8);
		return -ENODEV; /* ok: lin-region-leak */
	}
	l->mode = 1;
	return 0; /* ok: lin-region-leak */
}

/* Trap: the length is computed from the resource each time. */
/* trap: lin-region-leak by-resource */
int lamp_map(struct lamp *l, struct resource *res)
{
	if (!request_mem_region(res->start, resource_size(res), "lamp"))
		return -EBUSY;
	l->regs = ioremap(res->start, resource_size(res));
	if (!l->regs) {
		release_mem_region(res->start, resource_size(res));
		return -ENOMEM; /* ok: lin-region-leak */
	}
	return 0;
}

/* trap: lin-region-leak adjacent */
int lamp_two(struct lamp *l, unsigned long a, unsigned long b)
{
	int err = -EBUSY;

	if (!request_region(a, 4, "lamp"))
		return -EBUSY;
	if (!request_region(b, 4, "lamp"))
		goto release_a;
	if (l->mode) {
		err = -EINVAL;
		goto release_b;
	}
	return 0;
release_b:
	release_region(b, 4);
release_a:
	release_region(a, 4);
	return err; /* ok: lin-region-leak */
}

/* Trap: managed by the device. */
/* trap: lin-region-leak managed */
int lamp_managed(struct device *dev, struct lamp *l)
{
	if (!devm_request_region(dev, LAMP_PORT, 8, "lamp"))
		return -EBUSY;
	return l->mode ? 0 : -EINVAL; /* ok: lin-region-leak */
}
