/* In the reverse order, and only what was done. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/spinlock.h>

struct drum {
	struct gendisk *disk;
	struct blk_mq_tag_set tags;
	int added;
};

/* trap: lin-gendisk-teardown tag-set */
int drum_create(struct drum *d)
{
	int err = blk_mq_alloc_tag_set(&d->tags);

	if (err)
		return err;
	d->disk = blk_mq_alloc_disk(&d->tags, d);
	if (IS_ERR(d->disk)) {
		err = PTR_ERR(d->disk);
		goto free_tags;
	}
	err = add_disk(d->disk);
	if (err)
		goto put_disk;
	return 0;

put_disk:
	put_disk(d->disk);
free_tags:
	blk_mq_free_tag_set(&d->tags);
	return err;
}

/* trap: lin-gendisk-teardown queue-freed-by-put
 * trap: lin-gendisk-teardown tag-set */
void drum_destroy(struct drum *d)
{
	del_gendisk(d->disk);
	put_disk(d->disk);
	d->disk = NULL;
	blk_mq_free_tag_set(&d->tags);
}

void drum_maybe(struct drum *d)
{
	if (d->added)
		del_gendisk(d->disk);
	put_disk(d->disk);
}
