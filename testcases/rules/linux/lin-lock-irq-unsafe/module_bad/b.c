#include <linux/fs.h>
#include "link.h"

static int link_release(struct inode *inode, struct file *file)
{
	struct link *l = file->private_data;

	spin_lock(&l->lock); /* expect: lin-lock-irq-unsafe "l->lock" */
	l->frames = 0;
	spin_unlock(&l->lock);
	return 0;
}

const struct file_operations link_fops = { .release = link_release };
