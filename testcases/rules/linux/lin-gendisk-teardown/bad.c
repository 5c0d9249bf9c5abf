/* Disks taken down the wrong way. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/spinlock.h>

struct drum {
	struct gendisk *disk;
	struct blk_mq_tag_set tags;
	int busy;
};

int drum_create(struct drum *d)
{
	int err;

	d->disk = blk_mq_alloc_disk(&d->tags, d);
	if (IS_ERR(d->disk))
		return PTR_ERR(d->disk);
	err = add_disk(d->disk);
	if (err) {
		del_gendisk(d->disk); /* expect: lin-gendisk-teardown "d->disk is deleted here, but this path has not added it" */
		put_disk(d->disk);
		return err;
	}
	return 0;
}

int drum_replace(struct drum *d, struct gendisk *disk)
{
	int err = add_disk(disk); /* note: lin-gendisk-teardown "disk is added here" */

	if (err)
		return err;
	if (d->busy) {
		put_disk(disk); /* expect: lin-gendisk-teardown "disk is put here while it is still added" */
		return -EBUSY;
	}
	d->disk = disk;
	return 0;
}

/* trap: lin-gendisk-teardown queue-freed-by-put
 * The disk is gone before its queue is asked for. */
void drum_destroy(struct drum *d)
{
	del_gendisk(d->disk);
	put_disk(d->disk); /* note: lin-gendisk-teardown "d->disk is put here" */
	blk_mq_destroy_queue(d->disk->queue); /* expect: lin-gendisk-teardown "d->disk is used here after put_disk" */
}

/* trap: lin-gendisk-teardown tag-set
 * Deleted last. */
void drum_remove(struct drum *d)
{
	put_disk(d->disk);
	del_gendisk(d->disk); /* expect: lin-gendisk-teardown "after put_disk" */
	blk_mq_free_tag_set(&d->tags);
}

void drum_again(struct drum *d)
{
	del_gendisk(d->disk);
	put_disk(d->disk);
	if (d->busy)
		put_disk(d->disk); /* expect: lin-gendisk-teardown "a second time" */
}
