/* The counterpart of the helper is forgotten on failure. */
#include <linux/blkdev.h>
#include <linux/slab.h>

static int disk_major;

static int disk_register(void)
{
	disk_major = register_blkdev(0, "disk");
	return disk_major < 0 ? disk_major : 0;
}

static void disk_unregister(void)
{
	unregister_blkdev(disk_major, "disk");
}

int disk_start(char **buf)
{
	int err = disk_register();

	if (err)
		return err; /* ok: lin-blkdev-leak */
	*buf = kmalloc(512, GFP_KERNEL);
	if (!*buf)
		return -ENOMEM; /* expect: lin-blkdev-leak "" */
	return 0;
}

void disk_stop(char *buf)
{
	kfree(buf);
	disk_unregister();
}
