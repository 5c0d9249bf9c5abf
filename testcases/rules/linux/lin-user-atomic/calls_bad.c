/* User access in a helper, under a lock that its caller took. */
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
	return copy_to_user(to, from, n) ? -EFAULT : 0;
}

static ssize_t journal_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	struct journal *j = file->private_data;
	int err;

	spin_lock(&j->lock); /* note: lin-user-atomic "j->lock" */
	n = min(n, j->used);
	err = journal_copy(buf, j->text, n); /* expect: lin-user-atomic "j->lock" */
	spin_unlock(&j->lock);
	return err ? err : n;
}

static const struct file_operations journal_fops = { .read = journal_read };

int journal_register(void)
{
	return register_chrdev(0, "journal", &journal_fops);
}
