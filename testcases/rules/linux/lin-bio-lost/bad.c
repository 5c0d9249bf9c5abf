/* Bios that nobody completes. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/module.h>

struct mirror {
	struct block_device *lower;
	struct bio_set set;
	sector_t size;
	int dead, broken;
};

int mirror_read(struct mirror *m, struct page *page)
{
	struct bio *bio = bio_alloc(m->lower, 1, REQ_OP_READ, GFP_NOIO); /* note: lin-bio-lost "bio is allocated here" */

	bio->bi_iter.bi_sector = 0;
	if (!page)
		return -EIO; /* expect: lin-bio-lost "bio is neither submitted nor put" */
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	submit_bio(bio);
	return 0;
}

/* trap: lin-bio-lost owned-by-clone
 * The clone does not know of the original, nor does anybody of the clone. */
static void mirror_submit(struct bio *bio)
{
	struct mirror *m = bio->bi_bdev->bd_disk->private_data;
	struct bio *clone;

	if (m->dead) {
		bio_io_error(bio);
		return;
	}
	clone = bio_alloc_clone(m->lower, bio, GFP_NOIO, &m->set);
	if (m->broken) {
		bio_io_error(bio);
		return; /* expect: lin-bio-lost "clone" */
	}
	submit_bio_noacct(clone);
} /* expect: lin-bio-lost "bio is neither ended nor passed on" */

static const struct block_device_operations mirror_ops = {
	.owner = THIS_MODULE,
	.submit_bio = mirror_submit,
};

static void plain_submit(struct bio *bio)
{
	struct mirror *m = bio->bi_bdev->bd_disk->private_data;

	if (bio->bi_iter.bi_sector >= m->size)
		bio_io_error(bio); /* note: lin-bio-lost "bio is ended here" */
	bio_set_dev(bio, m->lower);
	submit_bio_noacct(bio); /* expect: lin-bio-lost "a second time" */
}

static const struct block_device_operations plain_ops = {
	.owner = THIS_MODULE,
	.submit_bio = plain_submit,
};

/* trap: lin-bio-lost put-by-end-io
 * Never submitted. */
static void mirror_end_io(struct bio *bio)
{
	bio_put(bio);
}

int mirror_flush(struct mirror *m)
{
	struct bio *bio = bio_alloc(m->lower, 0, REQ_OP_WRITE | REQ_PREFLUSH, GFP_NOIO);

	bio->bi_end_io = mirror_end_io;
	if (m->dead)
		return -ENODEV; /* expect: lin-bio-lost "bio" */
	submit_bio(bio);
	return 0;
}

const struct block_device_operations *mirror_tables(int plain)
{
	return plain ? &plain_ops : &mirror_ops;
}
