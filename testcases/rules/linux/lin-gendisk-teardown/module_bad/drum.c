/* Deleted, but never put. */
#include <linux/blkdev.h>
#include <linux/errno.h>
#include <linux/module.h>

static struct gendisk *drum;

static int __init drum_init(void)
{
	int err;

	drum = blk_alloc_disk(NUMA_NO_NODE); /* expect: lin-gendisk-teardown "released nowhere in the module" */
	if (!drum)
		return -ENOMEM;
	set_capacity(drum, 64);
	err = add_disk(drum);
	if (err)
		return err; /* expect: lin-init-unwind "drum" */
	return 0;
}

static void __exit drum_exit(void)
{
	del_gendisk(drum);
}

module_init(drum_init);
module_exit(drum_exit);
MODULE_LICENSE("GPL");
