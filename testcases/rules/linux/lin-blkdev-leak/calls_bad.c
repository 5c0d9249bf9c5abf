/* The counterpart of the helper is forgotten on failure. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>

static int disk_major;

static int disk_register(void)
{
	disk_major = register_blkdev(0, "disk");
	return disk_major < 0 ? disk_major : 0;
}

static void disk_unregister(void)
{
	unregister_blkdev(disk_major, "disk");
}

int disk_start(char **buf)
{
	int err = disk_register();

	if (err)
		return err; /* ok: lin-blkdev-leak */
	*buf = kmalloc(512, GFP_KERNEL);
	if (!*buf)
		return -ENOMEM; /* expect: lin-blkdev-leak "" */
	return 0;
}

void disk_stop(char *buf)
{
	kfree(buf);
	disk_unregister();
}

struct drum {
	struct blk_mq_tag_set tags;
	struct device *parent;
};

/* The reference is to another record, which has nothing to do with the tags. */
static int drum_attach(struct drum *d, struct device *parent)
{
	d->parent = get_device(parent);
	if (!device_is_registered(parent)) {
		put_device(parent);
		return -ENODEV;
	}
	return 0;
}

int drum_create(struct drum *d, struct device *parent)
{
	int err = blk_mq_alloc_tag_set(&d->tags); /* note: lin-blkdev-leak "d->tags is allocated here" */

	if (err)
		return err;
	return drum_attach(d, parent); /* expect: lin-blkdev-leak "leaves behind the tag set" */
}
