/* A block driver for a kernel before 5.0: queue functions, types and headers
 * of the single-queue block layer are gone. */
#include <linux/module.h>
#include <linux/blkdev.h>
#include <linux/devfs_fs_kernel.h>
#include <linux/genhd_of_the_past.h>

#define OLD_MAJOR 240

struct old_disk {
	struct request_queue *queue;
	struct gendisk *disk;
	spinlock_t lock;
	devfs_handle_t handle; /* unknown type, by value */
};

static struct old_disk old;

static int old_transfer(struct old_disk *disk, oldqueue_t *queue) /* unknown type, by pointer */
{
	struct timeval now; /* incomplete type */

	do_gettimeofday(&now);
	if (now.tv_sec > 10)
		return OLD_LIMIT; /* unknown constant */
	return devfs_mode & OLD_MASK; /* unknown variable and constant */
}

static void old_request(struct request_queue *queue)
{
	struct request *request;

	while ((request = blk_fetch_request(queue)) != NULL) {
		spin_lock(&old.lock);
		old_transfer(&old, NULL);
		spin_unlock(&old.lock);
		__blk_end_request_all(request, 0);
	}
}

static int old_table[] = { OLD_FIRST, 2 }; /* unknown where a constant is required */

static int __init old_start(void)
{
	int status = register_blkdev(OLD_MAJOR, "old");

	if (status < 0)
		return status;
	spin_lock_init(&old.lock);
	old.queue = blk_init_queue(old_request, &old.lock);
	if (!old.queue) {
		unregister_blkdev(OLD_MAJOR, "old");
		return -ENOMEM;
	}
	blk_queue_logical_block_size(old.queue, 512);
	switch (status) {
	case OLD_FIRST:
		return old_table[0];
	}
	return 0;
}

module_init(old_start);
MODULE_LICENSE("GPL");
OLD_MODULE_DECLARATION("old");
