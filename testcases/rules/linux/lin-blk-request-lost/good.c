/* Each request of a blk-mq driver is ended once. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct disc {
	spinlock_t lock;
	struct list_head queue;
	struct request *current_request;
	sector_t sectors;
	int dead, busy, fast;
};

/* trap: lin-blk-request-lost ended-by-callee */
static blk_status_t disc_transfer(struct disc *d, struct request *rq)
{
	d->busy++;
	blk_mq_end_request(rq, BLK_STS_OK);
	return BLK_STS_OK;
}

/* trap: lin-blk-request-lost handed-over */
static blk_status_t disc_queue(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct disc *d = hctx->queue->queuedata;
	struct request *rq = bd->rq;

	if (d->busy)
		return BLK_STS_RESOURCE;
	blk_mq_start_request(rq);
	if (d->dead)
		return BLK_STS_IOERR;
	if (blk_rq_pos(rq) >= d->sectors) {
		blk_mq_end_request(rq, BLK_STS_IOERR);
		return BLK_STS_OK;
	}
	if (d->fast)
		return disc_transfer(d, rq);
	spin_lock_irq(&d->lock);
	list_add_tail(&rq->queuelist, &d->queue);
	spin_unlock_irq(&d->lock);
	return BLK_STS_OK;
}

static blk_status_t disc_single(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct disc *d = hctx->queue->queuedata;

	blk_mq_start_request(bd->rq);
	d->current_request = bd->rq;
	return BLK_STS_OK;
}

/* The hardware knows it by its tag. */
static void disc_issue(struct disc *d, int tag)
{
	d->busy |= 1 << tag;
}

static blk_status_t disc_tagged(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct disc *d = hctx->queue->queuedata;

	blk_mq_start_request(bd->rq);
	disc_issue(d, bd->rq->tag);
	return BLK_STS_OK;
}

/* Started below. */
static blk_status_t disc_reserved(struct disc *d, struct request *rq)
{
	if (d->busy)
		return BLK_STS_RESOURCE;
	blk_mq_start_request(rq);
	disc_issue(d, rq->tag);
	return 0;
}

static blk_status_t disc_any(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	return disc_reserved(hctx->queue->queuedata, bd->rq);
}

const struct blk_mq_ops disc_any_ops = {
	.queue_rq = disc_any,
};

void disc_again(struct request *rq)
{
	blk_mq_requeue_request(rq, false);
	blk_mq_delay_kick_requeue_list(rq->q, 10);
}

const struct blk_mq_ops disc_tagged_ops = {
	.queue_rq = disc_tagged,
};

const struct blk_mq_ops disc_ops = {
	.queue_rq = disc_queue,
};

const struct blk_mq_ops disc_single_ops = {
	.queue_rq = disc_single,
};
