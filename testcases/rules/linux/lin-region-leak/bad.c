/* Failures that keep the i/o region. */
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

/* trap: lin-region-leak managed */
int lamp_probe(struct lamp *l)
{
	if (!request_region(LAMP_PORT, 8, "lamp")) /* note: lin-region-leak "requested here" */
		return -EBUSY;
	if (inb(LAMP_PORT) == 0xff)
		return -ENODEV; /* expect: lin-region-leak "lamp_probe" */
	l->mode = 1;
	return 0;
}

/* trap: lin-region-leak by-resource */
int lamp_map(struct lamp *l, resource_size_t phys, resource_size_t size)
{
	int err = 0;

	if (!request_mem_region(phys, size, "lamp")) /* note: lin-region-leak "phys" */
		return -EBUSY;
	l->regs = ioremap(phys, size);
	if (!l->regs) {
		err = -ENOMEM;
		goto out;
	}
	l->phys = phys;
out:
	return err; /* expect: lin-region-leak "phys" */
}

/* The ladder releases the second region only. */
/* trap: lin-region-leak adjacent */
int lamp_two(struct lamp *l, unsigned long a, unsigned long b)
{
	if (!request_region(a, 4, "lamp")) /* note: lin-region-leak "a" */
		return -EBUSY;
	if (!request_region(b, 4, "lamp"))
		return -EBUSY; /* expect: lin-region-leak "a" */
	if (l->mode) {
		release_region(b, 4);
		release_region(a, 4);
		return -EINVAL;
	}
	return 0;
}

int lamp_alloc(unsigned long base, int n)
{
	struct resource *r = request_region(base, n, "lamp"); /* note: lin-region-leak "base" */
	int *state;

	if (r == NULL)
		return -EBUSY;
	state = kcalloc(n, sizeof(*state), GFP_KERNEL);
	if (!state)
		return -ENOMEM; /* expect: lin-region-leak "base" */
	kfree(state);
	return 0;
}
