/* Tested, returned, collected or waived. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/uaccess.h>

static int dial_table[16];

int dial_set(int __user *arg)
{
	int v;

	if (get_user(v, arg)) /* ok: lin-getput-user-unchecked */
		return -EFAULT;
	dial_table[v & 15] = 1;
	return 0;
}

long dial_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case 1:
		return put_user(dial_table[0], (int __user *)arg); /* ok: lin-getput-user-unchecked */
	}
	return -ENOTTY;
}

/* Trap: collected and tested once. */
/* trap: lin-getput-user-unchecked accumulated */
int dial_pair(int __user *arg)
{
	int err = 0;

	err |= put_user(dial_table[0], arg); /* ok: lin-getput-user-unchecked */
	err |= put_user(dial_table[1], arg + 1); /* ok: lin-getput-user-unchecked */
	return err ? -EFAULT : 0;
}

int dial_sum(const int __user *arg, int n)
{
	int sum = 0, v, i, err;

	for (i = 0; i < n; i++) {
		err = get_user(v, arg + i); /* ok: lin-getput-user-unchecked */
		if (err < 0)
			return err;
		sum += v;
	}
	return sum;
}

/* Trap: waived on purpose. */
void dial_hint(int __user *arg)
{
	(void)put_user(0, arg); /* ok: lin-getput-user-unchecked */
}

/* Trap: part of a larger condition. */
/* trap: lin-getput-user-unchecked inside-condition */
int dial_swap(int __user *a, int __user *b)
{
	int x, y;

	if (get_user(x, a) || get_user(y, b) || put_user(y, a) || put_user(x, b)) /* ok: lin-getput-user-unchecked */
		return -EFAULT;
	return 0;
}
