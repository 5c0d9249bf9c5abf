/* parse-errors-allowed, ignore: lin-removed-api: the single-queue functions are gone since 5.0.
 * Deleted on unloading, but neither the disk nor the queue is given back. */
#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/spinlock.h>

static struct request_queue *queue;
static struct gendisk *drum;
static DEFINE_SPINLOCK(lock);

static void drum_request(struct request_queue *q)
{
	struct request *rq;

	while ((rq = blk_fetch_request(q)) != NULL)
		__blk_end_request_all(rq, 0);
}

static int __init drum_init(void)
{
	queue = blk_init_queue(drum_request, &lock); /* expect: lin-gendisk-teardown "the request queue that blk_init_queue gives" */
	if (!queue)
		return -ENOMEM;
	drum = alloc_disk(1); /* expect: lin-gendisk-teardown "the disk that alloc_disk gives here is released nowhere" */
	if (!drum)
		return -ENOMEM; /* expect: lin-init-unwind "queue" */
	if (add_disk(drum))
		pr_err("no disk\n");
	return 0;
}

static void __exit drum_exit(void)
{
	del_gendisk(drum);
}

module_init(drum_init);
module_exit(drum_exit);
MODULE_LICENSE("GPL");
