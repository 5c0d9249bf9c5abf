/* The ladder goes through the counterpart. */
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
		goto unregister;
	return 0;
unregister:
	disk_unregister();
	return -ENOMEM; /* ok: lin-blkdev-leak */
}

void disk_stop(char *buf)
{
	kfree(buf);
	disk_unregister();
}

struct drum {
	struct device dev;
	struct blk_mq_tag_set tags;
};

static void drum_release(struct device *dev)
{
	struct drum *d = container_of(dev, struct drum, dev);

	blk_mq_free_tag_set(&d->tags);
	kfree(d);
}

/* Gives up the last reference when it fails, and the release function does the rest. */
static int drum_show(struct drum *d, int number)
{
	int err;

	d->dev.release = drum_release;
	device_initialize(&d->dev);
	err = dev_set_name(&d->dev, "drum%d", number);
	if (!err)
		err = device_add(&d->dev);
	if (err)
		put_device(&d->dev);
	return err;
}

int drum_create(struct drum *d, int number)
{
	int err = blk_mq_alloc_tag_set(&d->tags);

	if (err)
		return err;
	return drum_show(d, number); /* ok: lin-blkdev-leak */
}
