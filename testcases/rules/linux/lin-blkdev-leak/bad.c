/* Failures that leave a block device major or a disk behind. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>

struct drum {
	struct gendisk *disk;
	struct blk_mq_tag_set tags;
	int major, *sectors;
};

/* trap: lin-blkdev-leak dynamic-major */
int drum_create(struct drum *d)
{
	d->major = register_blkdev(0, "drum"); /* note: lin-blkdev-leak "registered here" */
	if (d->major < 0)
		return d->major;
	d->sectors = kcalloc(64, sizeof(int), GFP_KERNEL);
	if (!d->sectors)
		return -ENOMEM; /* expect: lin-blkdev-leak "block device major" */
	return 0;
}

int drum_disk(struct drum *d)
{
	int err;

	d->disk = blk_alloc_disk(NUMA_NO_NODE); /* note: lin-blkdev-leak "d->disk" */
	if (!d->disk)
		return -ENOMEM;
	set_capacity(d->disk, 64);
	err = add_disk(d->disk);
	if (err)
		return err; /* expect: lin-blkdev-leak "disk" */
	return 0;
}

/* The ladder forgets the tag set. */
int drum_queue(struct drum *d)
{
	int err = blk_mq_alloc_tag_set(&d->tags); /* note: lin-blkdev-leak "d->tags" */

	if (err)
		return err;
	d->disk = blk_mq_alloc_disk(&d->tags, d);
	if (IS_ERR(d->disk)) {
		err = PTR_ERR(d->disk);
		goto out;
	}
	return 0;
out:
	d->disk = NULL;
	return err; /* expect: lin-blkdev-leak "tag set" */
}

int drum_fixed(struct drum *d, int major)
{
	if (register_blkdev(major, "drum")) /* note: lin-blkdev-leak "registered here" */
		return -EBUSY;
	if (d->sectors == NULL) {
		d->major = 0;
		return -EINVAL; /* expect: lin-blkdev-leak "block device major" */
	}
	d->major = major;
	return 0;
}

#define DRUM_NAME "drum"

/* The error path of the next step takes only the disk back. */
/* trap: lin-blkdev-leak name-by-value */
int drum_named(struct drum *d, int major)
{
	if (register_blkdev(major, DRUM_NAME)) /* note: lin-blkdev-leak "registered here" */
		return -EBUSY;
	d->disk = blk_alloc_disk(NUMA_NO_NODE);
	if (!d->disk)
		return -ENOMEM; /* expect: lin-blkdev-leak "block device major" */
	d->major = major;
	return 0;
}
