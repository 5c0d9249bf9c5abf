/* Read before, or waited for. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/completion.h>
#include <linux/printk.h>

struct logger {
	struct completion done;
	struct block_device *bdev;
	unsigned int bytes;
	int status;
};

void logger_write(struct logger *l, struct bio *bio)
{
	l->bytes += bio->bi_iter.bi_size;
	submit_bio(bio);
}

/* trap: lin-bio-use-after-submit submit-and-wait */
int logger_wait(struct logger *l, struct bio *bio)
{
	int err = submit_bio_wait(bio);

	l->status = bio->bi_status;
	bio_put(bio);
	return err;
}

/* trap: lin-bio-use-after-submit own-reference */
void logger_keep(struct logger *l, struct bio *bio)
{
	bio_get(bio);
	submit_bio(bio);
	l->bytes += bio->bi_iter.bi_size;
	bio_put(bio);
}

static void logger_done(struct bio *bio)
{
	complete(bio->bi_private);
}

static void logger_pause(struct logger *l)
{
	wait_for_completion_io(&l->done);
}

/* trap: lin-bio-use-after-submit waited-for */
int logger_sync(struct logger *l, struct bio *bio)
{
	bio->bi_private = &l->done;
	bio->bi_end_io = logger_done;
	init_completion(&l->done);
	submit_bio(bio);
	logger_pause(l);
	l->status = bio->bi_status;
	bio_put(bio);
	return l->status;
}

/* trap: lin-bio-use-after-submit waited-for */
int logger_stack(struct logger *l, struct page *page)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct bio_vec vec;
	struct bio bio;

	bio_init(&bio, l->bdev, &vec, 1, REQ_OP_WRITE);
	__bio_add_page(&bio, page, PAGE_SIZE, 0);
	bio.bi_private = &done;
	bio.bi_end_io = logger_done;
	submit_bio(&bio);
	wait_for_completion(&done);
	return blk_status_to_errno(bio.bi_status);
}

/* The next one is another bio. */
void logger_all(struct logger *l, struct bio_list *list)
{
	struct bio *bio;

	while ((bio = bio_list_pop(list))) {
		l->bytes += bio->bi_iter.bi_size;
		submit_bio(bio);
	}
}
