/* Requests of a blk-mq driver that are lost or ended twice. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct disc {
	sector_t sectors;
	int dead, busy, reads;
};

static blk_status_t disc_queue(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct disc *d = hctx->queue->queuedata;
	struct request *rq = bd->rq;

	blk_mq_start_request(rq); /* note: lin-blk-request-lost "rq is started here" */
	if (d->dead)
		return BLK_STS_OK; /* expect: lin-blk-request-lost "rq was started and is accepted here" */
	if (blk_rq_pos(rq) >= d->sectors) {
		blk_mq_end_request(rq, BLK_STS_IOERR);
		return BLK_STS_IOERR; /* expect: lin-blk-request-lost "rq was ended already" */
	}
	blk_mq_end_request(rq, BLK_STS_OK); /* note: lin-blk-request-lost "rq is ended here" */
	if (rq_data_dir(rq) == READ) /* expect: lin-blk-request-lost "rq is used here after it was ended" */
		d->reads++;
	return BLK_STS_OK;
}

/* trap: lin-blk-request-lost ended-by-callee
 * And by the caller, too. */
static void disc_finish(struct disc *d, struct request *rq)
{
	d->busy--;
	blk_mq_end_request(rq, BLK_STS_OK);
}

void disc_abort(struct disc *d, struct request *rq)
{
	disc_finish(d, rq);
	if (d->dead)
		blk_mq_end_request(rq, BLK_STS_IOERR); /* expect: lin-blk-request-lost "rq is ended here a second time" */
}

void disc_retry(struct disc *d, struct request *rq)
{
	blk_mq_requeue_request(rq, true); /* note: lin-blk-request-lost "rq is requeued here" */
	if (d->dead)
		blk_mq_end_request(rq, BLK_STS_IOERR); /* expect: lin-blk-request-lost "a second time" */
}

const struct blk_mq_ops disc_ops = {
	.queue_rq = disc_queue,
};
