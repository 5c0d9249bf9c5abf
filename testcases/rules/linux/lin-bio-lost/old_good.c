/* parse-errors-allowed, ignore: lin-removed-api: make_request functions are gone since 5.9. */
#include <linux/bio.h>
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/module.h>

struct mirror {
	struct block_device *lower;
	struct request_queue *queue;
	sector_t size;
	int dead;
};

static struct mirror mirror;

static unsigned int mirror_make_request(struct request_queue *q, struct bio *bio)
{
	if (mirror.dead) {
		bio_io_error(bio);
		return 0;
	}
	bio_set_dev(bio, mirror.lower);
	generic_make_request(bio);
	return 0;
}

void mirror_start(void)
{
	blk_queue_make_request(mirror.queue, mirror_make_request);
}
