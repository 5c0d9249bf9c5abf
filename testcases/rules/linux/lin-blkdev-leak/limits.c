/* Known gaps. */
#include <linux/blkdev.h>
#include <linux/errno.h>

/* Asked for any major, the function returns a positive one: zero is no success here. */
int drum_any(int *out)
{
	int major = register_blkdev(0, "drum");

	if (major <= 0)
		return -EBUSY; /* todo-ok: lin-blkdev-leak */
	*out = major;
	return 0;
}
