/* parse-errors-allowed, ignore: lin-removed-api: the single-queue functions are gone since 5.0.
 * A request function that forgets some of its requests. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/spinlock.h>

struct disc {
	spinlock_t lock;
	sector_t sectors;
	int dead, stop;
};

static struct disc disc;

static void disc_request(struct request_queue *q)
{
	struct request *rq;

	while ((rq = blk_fetch_request(q)) != NULL) { /* expect: lin-blk-request-lost "the next request is fetched here, and rq" */
		if (disc.dead)
			continue;
		__blk_end_request_all(rq, 0);
	}
}

static void disc_one(struct request_queue *q)
{
	struct request *rq = blk_fetch_request(q); /* note: lin-blk-request-lost "rq is fetched here" */

	if (!rq)
		return;
	if (disc.dead) {
		__blk_end_request_all(rq, -EIO);
		return;
	}
	if (disc.stop)
		return; /* expect: lin-blk-request-lost "rq" */
	__blk_end_request_all(rq, 0);
	disc.sectors += rq->__sector; /* expect: lin-blk-request-lost "after it was ended" */
}

/* trap: lin-blk-request-lost until-all-is-done
 * One part is ended, and the rest forgotten. */
static void disc_parts(struct request_queue *q)
{
	struct request *rq = blk_fetch_request(q);

	if (rq && !__blk_end_request(rq, 0, 512))
		disc.sectors++;
} /* expect: lin-blk-request-lost "rq" */

/* trap: lin-blk-request-lost handed-over
 * Only its place is remembered. */
static void disc_later(struct request_queue *q)
{
	struct request *rq = blk_fetch_request(q);

	if (rq)
		disc.sectors = blk_rq_pos(rq);
} /* expect: lin-blk-request-lost "rq" */

int disc_start(int kind)
{
	struct request_queue *q;

	spin_lock_init(&disc.lock);
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
	disc.dead = 0;
	blk_cleanup_queue(q);
	return 0;
}
