/* The count becomes an error code, or stays a count. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/uaccess.h>

struct ledger {
	int rows, cols;
	char text[64];
};

int ledger_get(struct ledger *l, void __user *arg)
{
	return copy_to_user(arg, l, sizeof(*l)) ? -EFAULT : 0; /* ok: lin-copy-user-errno */
}

int ledger_set(struct ledger *l, const void __user *arg)
{
	int err;

	err = copy_from_user(l, arg, sizeof(*l));
	if (err)
		return -EFAULT; /* ok: lin-copy-user-errno */
	return err; /* ok: lin-copy-user-errno */
}

int ledger_check(struct ledger *l, const void __user *arg)
{
	int left = copy_from_user(l, arg, sizeof(*l));

	if (left > 0) /* ok: lin-copy-user-errno */
		return -EFAULT;
	return l->rows;
}

/* Trap: read() reports how much it copied. */
/* trap: lin-copy-user-errno partial-read */
ssize_t ledger_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct ledger *l = file->private_data;

	if (count > sizeof(l->text))
		count = sizeof(l->text);
	return count - copy_to_user(buf, l->text, count); /* ok: lin-copy-user-errno */
}

/* Trap: a helper that returns the residue, as its comment says: bytes not copied. */
/* trap: lin-copy-user-errno residue-helper */
static unsigned long ledger_copy(struct ledger *l, void __user *arg)
{
	return copy_to_user(arg, l, sizeof(*l)); /* ok: lin-copy-user-errno */
}

static int ledger_copy_text(struct ledger *l, void __user *arg)
{
	return copy_to_user(arg, l->text, sizeof(l->text)); /* ok: lin-copy-user-errno */
}

int ledger_export(struct ledger *l, void __user *arg)
{
	if (ledger_copy(l, arg) || ledger_copy_text(l, arg))
		return -EFAULT;
	return 0;
}

/* Trap: converted through a flag. */
int ledger_flag(struct ledger *l, void __user *arg)
{
	bool failed = copy_to_user(arg, l, sizeof(*l)) != 0;

	return failed ? -EFAULT : 0; /* ok: lin-copy-user-errno */
}
