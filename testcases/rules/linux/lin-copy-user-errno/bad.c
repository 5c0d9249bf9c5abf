/* A count of bytes taken for an error code. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/uaccess.h>

struct ledger {
	int rows, cols;
};

/* trap: lin-copy-user-errno residue-helper */
int ledger_get(struct ledger *l, void __user *arg)
{
	return copy_to_user(arg, l, sizeof(*l)); /* expect: lin-copy-user-errno "copy_to_user" */
}

int ledger_set(struct ledger *l, const void __user *arg)
{
	int err;

	err = copy_from_user(l, arg, sizeof(*l)); /* note: lin-copy-user-errno "copy_from_user" */
	if (err)
		return err; /* expect: lin-copy-user-errno "copy_from_user" */
	l->rows++;
	return 0;
}

/* Never true, so the failure goes on as if nothing had happened. */
int ledger_check(struct ledger *l, const void __user *arg)
{
	int err = copy_from_user(l, arg, sizeof(*l)); /* note: lin-copy-user-errno "copy_from_user" */

	if (err < 0) /* expect: lin-copy-user-errno "copy_from_user" */
		return -EFAULT;
	return l->rows;
}

long ledger_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct ledger *l = file->private_data;
	long ret = -ENOTTY;

	if (cmd == 1) {
		ret = copy_to_user((void __user *)arg, l, sizeof(*l)); /* note: lin-copy-user-errno "copy_to_user" */
		if (ret)
			goto out;
		l->rows = 0;
	}
out:
	return ret; /* expect: lin-copy-user-errno "copy_to_user" */
}

int ledger_wipe(void __user *arg, int n)
{
	while (n--) {
		int left = clear_user(arg, 8); /* note: lin-copy-user-errno "clear_user" */

		if (left)
			return left; /* expect: lin-copy-user-errno "clear_user" */
		arg += 8;
	}
	return 0;
}

int ledger_rows(struct ledger *rows, const struct ledger __user *arg)
{
	if (copy_from_user(rows, arg, sizeof(*rows)) < 0) /* expect: lin-copy-user-errno "copy_from_user" */
		return -EFAULT;
	return 0;
}

/* The count of what is missing is no count of what was read. */
/* trap: lin-copy-user-errno partial-read */
ssize_t ledger_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct ledger *l = file->private_data;
	unsigned long left;

	if (count > sizeof(*l))
		count = sizeof(*l);
	left = copy_to_user(buf, l, count); /* note: lin-copy-user-errno "copy_to_user" */
	if (left)
		return left; /* expect: lin-copy-user-errno "copy_to_user" */
	return count;
}
