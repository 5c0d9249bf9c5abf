/* Taken back on failure. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>

#define DRUM_NAME "drum"

struct drum {
	struct gendisk *disk;
	struct blk_mq_tag_set tags;
	int major, *sectors;
};

/* Trap: major 0 asks for any number; the one that was given is released. */
/* trap: lin-blkdev-leak dynamic-major */
/* trap: lin-blkdev-leak name-by-value */
int drum_create(struct drum *d)
{
	d->major = register_blkdev(0, DRUM_NAME);
	if (d->major < 0)
		return d->major; /* ok: lin-blkdev-leak */
	d->sectors = kcalloc(64, sizeof(int), GFP_KERNEL);
	if (!d->sectors) {
		unregister_blkdev(d->major, "drum");
		return -ENOMEM; /* ok: lin-blkdev-leak */
	}
	return 0; /* ok: lin-blkdev-leak */
}

int drum_disk(struct drum *d)
{
	int err;

	d->disk = blk_alloc_disk(NUMA_NO_NODE);
	if (!d->disk)
		return -ENOMEM;
	set_capacity(d->disk, 64);
	err = add_disk(d->disk);
	if (err) {
		put_disk(d->disk);
		return err; /* ok: lin-blkdev-leak */
	}
	return 0;
}

int drum_queue(struct drum *d)
{
	int err = blk_mq_alloc_tag_set(&d->tags);

	if (err)
		return err;
	d->disk = blk_mq_alloc_disk(&d->tags, d);
	if (IS_ERR(d->disk)) {
		err = PTR_ERR(d->disk);
		goto free_tags;
	}
	return 0;
free_tags:
	blk_mq_free_tag_set(&d->tags);
	return err; /* ok: lin-blkdev-leak */
}

/* Trap: a fixed major gives zero. */
int drum_fixed(struct drum *d, int major)
{
	if (register_blkdev(major, DRUM_NAME))
		return -EBUSY; /* ok: lin-blkdev-leak */
	d->major = major;
	return 0;
}

/* Asked for any major, the function returns a positive one: zero is no success here. */
int drum_any(int *out)
{
	int major = register_blkdev(0, "drum");

	if (major <= 0)
		return -EBUSY; /* ok: lin-blkdev-leak */
	*out = major;
	return 0;
}

/* The answer goes through `done`: no return tells a failure, the one that is never reached neither. */
int drum_command(struct drum *d, void (*done)(int), unsigned int flags)
{
	int err;

	if (flags & 1)
		return -EAGAIN;
	err = add_disk(d->disk);
	done(err);
	return -EIOCBQUEUED; /* ok: lin-blkdev-leak */
	return 0;
}
