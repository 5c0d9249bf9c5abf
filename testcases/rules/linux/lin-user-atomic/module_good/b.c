#include <linux/uaccess.h>
#include "ring.h"

int ring_to_user(struct ring *r, char __user *to, unsigned int n)
{
	if (n > sizeof(r->data))
		return -EINVAL;
	return copy_to_user(to, r->data, n) ? -EFAULT : 0;
}
