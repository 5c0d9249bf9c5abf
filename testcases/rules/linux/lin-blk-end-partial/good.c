/* parse-errors-allowed, ignore: lin-removed-api: the single-queue functions are gone since 5.0.
 * All of a request is ended. */
#include <linux/blkdev.h>

/* trap: lin-blk-end-partial all-bytes */
void disc_finish(struct request *rq)
{
	__blk_end_request(rq, 0, blk_rq_bytes(rq));
}

void disc_parts(struct request *rq)
{
	while (__blk_end_request(rq, 0, blk_rq_cur_bytes(rq)))
		cpu_relax();
}
