/* User access outside of the lock, in the same helper. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct journal {
	spinlock_t lock;
	struct mutex mutex;
	char text[64];
	size_t used;
};

static int journal_copy(char __user *to, const char *from, size_t n)
{
	return copy_to_user(to, from, n) ? -EFAULT : 0; /* ok: lin-user-atomic */
}

static ssize_t journal_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	struct journal *j = file->private_data;
	char text[sizeof(j->text)];
	int err;

	spin_lock(&j->lock);
	n = min(n, j->used);
	memcpy(text, j->text, n);
	spin_unlock(&j->lock);
	err = journal_copy(buf, text, n); /* ok: lin-user-atomic */
	return err ? err : n;
}

static const struct file_operations journal_fops = { .read = journal_read };

int journal_register(void)
{
	return register_chrdev(0, "journal", &journal_fops);
}

/* Trap: a mutex may be held. */
int journal_dump(struct journal *j, char __user *buf)
{
	int err;

	mutex_lock(&j->mutex);
	err = journal_copy(buf, j->text, j->used); /* ok: lin-user-atomic */
	mutex_unlock(&j->mutex);
	return err;
}
