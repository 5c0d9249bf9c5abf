/* A disk in memory that copies wherever the request says. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/module.h>
#include <linux/string.h>

struct attic {
	char *data;
	size_t size;
};

static struct attic attic;

/* trap: lin-blk-bounds end-tested */
static blk_status_t attic_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct request *rq = bd->rq;
	char *buffer = bio_data(rq->bio);

	blk_mq_start_request(rq);
	if (rq_data_dir(rq) == WRITE) /* note: lin-blk-bounds "`rq_data_dir(...) == WRITE` is true" */
		memcpy(attic.data + (blk_rq_pos(rq) << SECTOR_SHIFT), buffer, blk_rq_cur_bytes(rq)); /* expect: lin-blk-bounds "request" */
	blk_mq_end_request(rq, BLK_STS_OK);
	return BLK_STS_OK;
}

const struct blk_mq_ops attic_ops = {
	.queue_rq = attic_queue_rq,
};
