/* Known gaps: memory that is written in part. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct header {
	int kind, length, sequence;
};

int sample_heap(void __user *arg, size_t n)
{
	int *buf = kmalloc(n, GFP_KERNEL), err = 0;

	if (!buf)
		return -ENOMEM;
	buf[0] = 1;
	if (copy_to_user(arg, buf, n)) /* todo-expect: lin-user-infoleak "buf" */
		err = -EFAULT;
	kfree(buf);
	return err;
}

/* Written on one path only. */
int sample_sometimes(void __user *arg, bool full)
{
	struct header h;

	if (full)
		memset(&h, 0, sizeof(h));
	if (copy_to_user(arg, &h, sizeof(h))) /* todo-expect: lin-user-infoleak "h" */
		return -EFAULT;
	return 0;
}
