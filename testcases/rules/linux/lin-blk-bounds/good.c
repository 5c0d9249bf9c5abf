/* A disk in memory that looks where the request ends. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/module.h>
#include <linux/string.h>

struct cellar {
	char *data;
	size_t size;
};

static struct cellar cellar;

/* trap: lin-blk-bounds end-tested */
static blk_status_t cellar_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct request *rq = bd->rq;
	char *buffer = bio_data(rq->bio);
	size_t offset = blk_rq_pos(rq) << SECTOR_SHIFT;
	size_t length = blk_rq_cur_bytes(rq);

	if (offset + length > cellar.size)
		return BLK_STS_IOERR;
	blk_mq_start_request(rq);
	if (rq_data_dir(rq) == WRITE)
		memcpy(cellar.data + offset, buffer, length);
	else
		memcpy(buffer, cellar.data + (blk_rq_pos(rq) << SECTOR_SHIFT), blk_rq_cur_bytes(rq));
	blk_mq_end_request(rq, BLK_STS_OK);
	return BLK_STS_OK;
}

const struct blk_mq_ops cellar_ops = {
	.queue_rq = cellar_queue_rq,
};
