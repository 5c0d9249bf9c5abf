/* Scalar accesses whose result nobody looks at. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/uaccess.h>

static int dial_table[16];

/* trap: lin-getput-user-unchecked inside-condition */
int dial_set(int __user *arg)
{
	int v = 0;

	get_user(v, arg); /* expect: lin-getput-user-unchecked "get_user" */ /* note: lin-getput-user-unchecked "nothing looks at the result of get_user, so" */
	dial_table[v & 15] = 1;
	return 0;
}

long dial_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case 1:
		put_user(dial_table[0], (int __user *)arg); /* expect: lin-getput-user-unchecked "put_user" */
		return 0;
	case 2:
		return put_user(dial_table[1], (int __user *)arg);
	}
	return -ENOTTY;
}

int dial_sum(const int __user *arg, int n)
{
	int sum = 0, v, i;

	for (i = 0; i < n; i++) {
		__get_user(v, arg + i); /* expect: lin-getput-user-unchecked "__get_user" */
		sum += v;
	}
	return sum;
}

/* Stored, never read. */
/* trap: lin-getput-user-unchecked accumulated */
int dial_last(int __user *arg, int v)
{
	int err;

	if (v > 0)
		err = put_user(v, arg); /* expect: lin-getput-user-unchecked "put_user" */
	return v;
}

ssize_t dial_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (count && *pos == 0)
		__put_user('\n', buf); /* expect: lin-getput-user-unchecked "__put_user" */
	*pos += 1;
	return 1;
}
