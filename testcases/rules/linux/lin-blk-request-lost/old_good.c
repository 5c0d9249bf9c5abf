/* parse-errors-allowed, ignore: lin-removed-api: the single-queue functions are gone since 5.0.
 * A request function that ends all of its requests. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct disc {
	spinlock_t lock;
	struct list_head queue;
	sector_t sectors;
	int dead;
};

static struct disc disc;

static void disc_request(struct request_queue *q)
{
	struct request *rq;

	while ((rq = blk_fetch_request(q)) != NULL) {
		if (disc.dead || blk_rq_pos(rq) >= disc.sectors) {
			__blk_end_request_all(rq, -EIO);
			continue;
		}
		__blk_end_request_all(rq, 0);
	}
}

/* trap: lin-blk-request-lost until-all-is-done */
static void disc_parts(struct request_queue *q)
{
	struct request *rq = blk_fetch_request(q);

	if (!rq)
		return;
	while (__blk_end_request(rq, 0, blk_rq_cur_bytes(rq)))
		disc.sectors++;
}

/* trap: lin-blk-request-lost handed-over */
static void disc_later(struct request_queue *q)
{
	struct request *rq;

	while ((rq = blk_fetch_request(q)) != NULL)
		list_add_tail(&rq->queuelist, &disc.queue);
}

/* trap: lin-blk-request-lost ended-by-callee */
static void disc_transfer(struct request *rq)
{
	disc.sectors++;
	__blk_end_request_all(rq, 0);
}

static void disc_one(struct request_queue *q)
{
	struct request *rq = blk_peek_request(q);

	if (!rq || disc.dead)
		return;
	blk_start_request(rq);
	if (disc.sectors)
		disc_transfer(rq);
	else
		blk_requeue_request(q, rq);
}

int disc_start(int kind)
{
	struct request_queue *q;

	spin_lock_init(&disc.lock);
	INIT_LIST_HEAD(&disc.queue);
	if (kind == 0)
		q = blk_init_queue(disc_request, &disc.lock);
	else if (kind == 1)
		q = blk_init_queue(disc_one, &disc.lock);
	else if (kind == 2)
		q = blk_init_queue(disc_parts, &disc.lock);
	else
		q = blk_init_queue(disc_later, &disc.lock);
	if (!q)
		return -ENOMEM;
	blk_cleanup_queue(q);
	return 0;
}
