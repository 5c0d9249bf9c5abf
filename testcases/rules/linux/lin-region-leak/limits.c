/* Known gaps. */
#include <linux/errno.h>
#include <linux/ioport.h>

/* Released with another length: a region is known by its start only. */
int lamp_short(unsigned long base, int mode)
{
	if (!request_region(base, 8, "lamp"))
		return -EBUSY;
	if (mode < 0) {
		release_region(base, 4); /* todo-expect: lin-region-leak "base" */
		return -EINVAL;
	}
	return 0;
}
