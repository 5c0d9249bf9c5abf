/* Released by the undo helper when a later step fails. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct lamp {
	unsigned long base;
	char *buf;
};

static int lamp_claim(struct lamp *l)
{
	if (!request_region(l->base, 8, "lamp"))
		return -EBUSY;
	return 0;
}

static void lamp_unclaim(struct lamp *l)
{
	release_region(l->base, 8);
}

static int lamp_probe(struct platform_device *pdev)
{
	struct lamp *l = platform_get_drvdata(pdev);
	int err = lamp_claim(l);

	if (err)
		return err; /* ok: lin-region-leak */
	l->buf = kmalloc(64, GFP_KERNEL);
	if (!l->buf) {
		lamp_unclaim(l);
		return -ENOMEM; /* ok: lin-region-leak */
	}
	return 0;
}

static int lamp_remove(struct platform_device *pdev)
{
	struct lamp *l = platform_get_drvdata(pdev);

	kfree(l->buf);
	lamp_unclaim(l);
	return 0;
}

struct platform_driver lamp_driver = { .probe = lamp_probe, .remove = lamp_remove };

/* Trap: released by its resource, in a helper. */
static void lamp_drop(struct lamp *l, struct resource *region)
{
	release_resource(region);
	l->base = 0;
}

static int lamp_resume(struct platform_device *pdev)
{
	struct lamp *l = platform_get_drvdata(pdev);
	struct resource *region = request_mem_region(l->base, 8, "lamp");

	if (!region)
		return -EBUSY;
	if (!l->buf) {
		lamp_drop(l, region);
		return -EINVAL; /* ok: lin-region-leak */
	}
	return 0;
}

struct platform_driver lamp_other_driver = { .probe = lamp_resume, .remove = lamp_remove };

/* Trap: released by its resource. */
int lamp_test(struct lamp *l)
{
	struct resource *region = request_mem_region(l->base, 8, "lamp");

	if (!region)
		return -EBUSY;
	if (!l->buf) {
		release_resource(region);
		return -EINVAL; /* ok: lin-region-leak */
	}
	return 0;
}
