/* parse-errors-allowed, ignore: lin-removed-api: the single-queue functions are gone since 5.0.
 * Only the first part of a request is ended. */
#include <linux/blkdev.h>

/* trap: lin-blk-end-partial all-bytes
 * The current part is not all. */
void disc_finish(struct request *rq)
{
	__blk_end_request(rq, 0, blk_rq_cur_bytes(rq)); /* expect: lin-blk-end-partial "__blk_end_request ends only the current part" */ /* note: lin-blk-end-partial "__blk_end_request ends only the current" */
}

void disc_abort(struct request *rq, int error)
{
	unsigned int part = blk_rq_cur_bytes(rq);

	blk_end_request(rq, error, part); /* expect: lin-blk-end-partial "nothing asks whether bytes remain" */
}
