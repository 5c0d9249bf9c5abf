/* Bios touched when they are gone. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/completion.h>
#include <linux/printk.h>

struct logger {
	struct completion done;
	unsigned int bytes;
	int verbose;
};

void logger_write(struct logger *l, struct bio *bio)
{
	submit_bio(bio); /* note: lin-bio-use-after-submit "bio is submitted here" */
	l->bytes += bio->bi_iter.bi_size; /* expect: lin-bio-use-after-submit "bio is used here after it was submitted" */
}

void logger_mark(struct bio *bio)
{
	submit_bio_noacct(bio);
	bio->bi_private = NULL; /* expect: lin-bio-use-after-submit "bio" */
}

void logger_fail(struct logger *l, struct bio *bio)
{
	bio_io_error(bio); /* note: lin-bio-use-after-submit "bio is ended here" */
	if (l->verbose)
		pr_info("sector %llu\n", (u64)bio->bi_iter.bi_sector); /* expect: lin-bio-use-after-submit "after it was ended" */
}

/* trap: lin-bio-use-after-submit submit-and-wait
 * Only the first one waits. */
int logger_twice(struct bio *first, struct bio *second)
{
	int err = submit_bio_wait(first);

	if (err)
		return err;
	submit_bio(second);
	return blk_status_to_errno(second->bi_status); /* expect: lin-bio-use-after-submit "second" */
}

/* trap: lin-bio-use-after-submit own-reference
 * Of another bio. */
void logger_pair(struct logger *l, struct bio *first, struct bio *second)
{
	bio_get(first);
	submit_bio(first);
	submit_bio(second);
	l->bytes += first->bi_iter.bi_size;
	l->bytes += second->bi_iter.bi_size; /* expect: lin-bio-use-after-submit "second" */
	bio_put(first);
}

/* trap: lin-bio-use-after-submit waited-for
 * Looked at first. */
void logger_sync(struct logger *l, struct bio *bio)
{
	init_completion(&l->done);
	submit_bio(bio);
	l->verbose = bio->bi_status; /* expect: lin-bio-use-after-submit "bio" */
	wait_for_completion(&l->done);
}
