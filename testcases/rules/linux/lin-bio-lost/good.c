/* Each bio is completed once. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/module.h>

struct mirror {
	struct block_device *lower;
	struct bio_set set;
	struct bio_list waiting;
	spinlock_t lock;
	sector_t size;
	int dead, full;
};

int mirror_read(struct mirror *m, struct page *page)
{
	struct bio *bio = bio_alloc(m->lower, 1, REQ_OP_READ, GFP_NOIO);
	int err;

	if (!page) {
		bio_put(bio);
		return -EIO;
	}
	__bio_add_page(bio, page, PAGE_SIZE, 0);
	err = submit_bio_wait(bio);
	bio_put(bio);
	return err;
}

/* trap: lin-bio-lost put-by-end-io */
static void mirror_end_io(struct bio *bio)
{
	bio_put(bio);
}

int mirror_flush(struct mirror *m)
{
	struct bio *bio = bio_alloc(m->lower, 0, REQ_OP_WRITE | REQ_PREFLUSH, GFP_NOIO);

	bio->bi_end_io = mirror_end_io;
	submit_bio(bio);
	return 0;
}

static void mirror_clone_end(struct bio *clone)
{
	struct bio *bio = clone->bi_private;

	bio->bi_status = clone->bi_status;
	bio_put(clone);
	bio_endio(bio);
}

/* trap: lin-bio-lost owned-by-clone */
static void mirror_submit(struct bio *bio)
{
	struct mirror *m = bio->bi_bdev->bd_disk->private_data;
	struct bio *clone;

	if (m->dead) {
		bio_io_error(bio);
		return;
	}
	if (m->full) {
		spin_lock_irq(&m->lock);
		bio_list_add(&m->waiting, bio);
		spin_unlock_irq(&m->lock);
		return;
	}
	clone = bio_alloc_clone(m->lower, bio, GFP_NOIO, &m->set);
	clone->bi_private = bio;
	clone->bi_end_io = mirror_clone_end;
	submit_bio_noacct(clone);
}

static const struct block_device_operations mirror_ops = {
	.owner = THIS_MODULE,
	.submit_bio = mirror_submit,
};

/* A helper ends it on one of its ways. */
static bool plain_reject(struct mirror *m, struct bio *bio)
{
	if (bio->bi_iter.bi_sector < m->size)
		return false;
	bio_io_error(bio);
	return true;
}

static void plain_submit(struct bio *bio)
{
	struct mirror *m = bio->bi_bdev->bd_disk->private_data;

	if (plain_reject(m, bio))
		return;
	bio_set_dev(bio, m->lower);
	submit_bio_noacct(bio);
}

static const struct block_device_operations plain_ops = {
	.owner = THIS_MODULE,
	.submit_bio = plain_submit,
};

const struct block_device_operations *mirror_tables(int plain)
{
	return plain ? &plain_ops : &mirror_ops;
}
