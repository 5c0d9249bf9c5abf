/* Copied outside the lock, or without faulting. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct mixer {
	spinlock_t lock;
	struct mutex mutex;
	struct semaphore sem;
	int levels[8];
};

int mixer_get(struct mixer *m, void __user *arg)
{
	int copy[8];

	spin_lock(&m->lock);
	memcpy(copy, m->levels, sizeof(copy));
	spin_unlock(&m->lock);
	return copy_to_user(arg, copy, sizeof(copy)) ? -EFAULT : 0; /* ok: lin-user-atomic */
}

/* Trap: page faults are off, so the copy fails instead of sleeping. */
/* trap: lin-user-atomic faults-off */
int mixer_fast(struct mixer *m, const void __user *arg)
{
	unsigned long left;

	spin_lock(&m->lock);
	pagefault_disable();
	left = __copy_from_user_inatomic(m->levels, arg, sizeof(m->levels)); /* ok: lin-user-atomic */
	pagefault_enable();
	spin_unlock(&m->lock);
	return left ? -EAGAIN : 0;
}

/* Trap: a mutex or a semaphore may be held. */
/* trap: lin-user-atomic sleeping-lock */
int mixer_load(struct mixer *m, const void __user *arg)
{
	int err = 0;

	mutex_lock(&m->mutex);
	if (copy_from_user(m->levels, arg, sizeof(m->levels))) /* ok: lin-user-atomic */
		err = -EFAULT;
	mutex_unlock(&m->mutex);
	return err;
}

int mixer_sem(struct mixer *m, int __user *arg)
{
	int err;

	if (down_interruptible(&m->sem))
		return -ERESTARTSYS;
	err = put_user(m->levels[0], arg); /* ok: lin-user-atomic */
	up(&m->sem);
	return err;
}

/* Trap: locked only when nothing is copied. */
/* trap: lin-user-atomic conditional-lock */
int mixer_either(struct mixer *m, void __user *arg, bool user)
{
	int err = 0;

	if (!user)
		spin_lock(&m->lock);
	m->levels[0]++;
	if (user && copy_to_user(arg, m->levels, sizeof(m->levels))) /* ok: lin-user-atomic */
		err = -EFAULT;
	if (!user)
		spin_unlock(&m->lock);
	return err;
}

/* Trap: dropped around the copy. */
/* trap: lin-user-atomic dropped */
int mixer_drop(struct mixer *m, const int __user *arg)
{
	int level;

	spin_lock(&m->lock);
	while (m->levels[0] < 0) {
		spin_unlock(&m->lock);
		if (get_user(level, arg)) /* ok: lin-user-atomic */
			return -EFAULT;
		spin_lock(&m->lock);
		m->levels[0] = level;
	}
	spin_unlock(&m->lock);
	return 0;
}
