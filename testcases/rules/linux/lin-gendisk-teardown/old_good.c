/* parse-errors-allowed, ignore: lin-removed-api: the single-queue functions are gone since 5.0. */
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

	while ((rq = blk_fetch_request(q)) != NULL) {
		if (!blk_fs_request(rq)) {
			__blk_end_request_all(rq, -EIO);
			continue;
		}
		__blk_end_request_all(rq, 0);
	}
}

static int __init drum_init(void)
{
	queue = blk_init_queue(drum_request, &lock); /* ok: lin-gendisk-teardown */
	if (!queue)
		return -ENOMEM;
	drum = alloc_disk(1); /* ok: lin-gendisk-teardown */
	if (!drum) {
		blk_cleanup_queue(queue);
		return -ENOMEM;
	}
	if (add_disk(drum))
		pr_err("no disk\n");
	return 0;
}

/* trap: lin-gendisk-teardown queue-freed-by-put */
static void __exit drum_exit(void)
{
	del_gendisk(drum);
	blk_cleanup_queue(queue);
	put_disk(drum);
}

module_init(drum_init);
module_exit(drum_exit);
MODULE_LICENSE("GPL");
