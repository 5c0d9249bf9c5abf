/* User space touched where a page fault must not sleep. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct mixer {
	spinlock_t lock;
	rwlock_t map;
	int levels[8];
};

/* trap: lin-user-atomic sleeping-lock */
int mixer_get(struct mixer *m, void __user *arg)
{
	int err = 0;

	spin_lock(&m->lock); /* note: lin-user-atomic "m->lock" */
	if (copy_to_user(arg, m->levels, sizeof(m->levels))) /* expect: lin-user-atomic "copy_to_user" */
		err = -EFAULT;
	spin_unlock(&m->lock);
	return err;
}

/* trap: lin-user-atomic dropped */
int mixer_set(struct mixer *m, const int __user *arg, int n)
{
	unsigned long flags;
	int i, err = 0;

	spin_lock_irqsave(&m->lock, flags); /* note: lin-user-atomic "m->lock" */
	for (i = 0; i < n && i < 8; i++) {
		if (get_user(m->levels[i], arg + i)) { /* expect: lin-user-atomic "get_user" */
			err = -EFAULT;
			goto out;
		}
	}
out:
	spin_unlock_irqrestore(&m->lock, flags);
	return err;
}

/* trap: lin-user-atomic conditional-lock */
int mixer_peek(struct mixer *m, int __user *arg, int i)
{
	int err = -EINVAL;

	rcu_read_lock(); /* note: lin-user-atomic "rcu read side" */
	if (i >= 0 && i < 8)
		err = put_user(m->levels[i], arg); /* expect: lin-user-atomic "put_user" */
	rcu_read_unlock();
	return err;
}

/* trap: lin-user-atomic faults-off */
int mixer_load(struct mixer *m, const void __user *arg)
{
	unsigned long left;

	write_lock(&m->map); /* note: lin-user-atomic "m->map" */
	left = copy_from_user(m->levels, arg, sizeof(m->levels)); /* expect: lin-user-atomic "copy_from_user" */
	write_unlock(&m->map);
	return left ? -EFAULT : 0;
}

int mixer_name(char *name, const char __user *arg)
{
	long n;

	local_bh_disable(); /* note: lin-user-atomic "soft interrupts" */
	n = strncpy_from_user(name, arg, 16); /* expect: lin-user-atomic "strncpy_from_user" */
	local_bh_enable();
	return n < 0 ? n : 0;
}
