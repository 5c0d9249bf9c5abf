/* Requested by a helper, not released when a later step fails. */
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
	if (!l->buf)
		return -ENOMEM; /* expect: lin-region-leak "" */
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
