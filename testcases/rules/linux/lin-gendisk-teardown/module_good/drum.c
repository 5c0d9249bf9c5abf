/* Deleted and put. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/module.h>

static struct gendisk *drum;

static int __init drum_init(void)
{
	int err;

	drum = blk_alloc_disk(NUMA_NO_NODE); /* ok: lin-gendisk-teardown */
	if (!drum)
		return -ENOMEM;
	set_capacity(drum, 64);
	err = add_disk(drum);
	if (err)
		put_disk(drum);
	return err;
}

static void __exit drum_exit(void)
{
	del_gendisk(drum);
	put_disk(drum);
}

module_init(drum_init);
module_exit(drum_exit);
MODULE_LICENSE("GPL");
