/* Every way out goes through the driver's own unlock function. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

struct dock {
	spinlock_t lock;
	struct mutex mutex;
	int users, dead;
};

static void dock_lock(struct dock *d)
{
	spin_lock(&d->lock);
} /* ok: lin-lock-held-on-exit */

static void dock_unlock(struct dock *d)
{
	spin_unlock(&d->lock);
}

int dock_attach(struct dock *d)
{
	dock_lock(d);
	if (d->dead) {
		dock_unlock(d);
		return -ENODEV; /* ok: lin-lock-held-on-exit */
	}
	d->users++;
	dock_unlock(d);
	return 0;
}

/* Only when it succeeds. */
static int dock_begin(struct dock *d)
{
	if (d->dead)
		return -ENODEV;
	mutex_lock(&d->mutex);
	return 0; /* ok: lin-lock-held-on-exit */
}

int dock_rename(struct dock *d, int users)
{
	int err = dock_begin(d);

	if (err)
		return err; /* ok: lin-lock-held-on-exit */
	if (users < 0) {
		err = -EINVAL;
		goto out_unlock;
	}
	d->users = users;
out_unlock:
	mutex_unlock(&d->mutex);
	return err; /* ok: lin-lock-held-on-exit */
}

/* Trap: the helper releases on its failures only. */
static int dock_check_locked(struct dock *d)
{
	if (d->dead) {
		dock_unlock(d);
		return -ENODEV;
	}
	return 0;
}

int dock_leave(struct dock *d)
{
	int err;

	dock_lock(d);
	err = dock_check_locked(d);
	if (err)
		return err; /* ok: lin-lock-held-on-exit */
	d->users--;
	dock_unlock(d);
	return 0;
}

/* Trap: what was found is returned locked. */
static struct dock *dock_find(struct dock *all, int n, int users)
{
	for (; n > 0; n--, all++) {
		dock_lock(all);
		if (all->users == users)
			return all; /* ok: lin-lock-held-on-exit */
		dock_unlock(all);
	}
	return NULL;
}

int dock_kick(struct dock *all, int n)
{
	struct dock *d = dock_find(all, n, 0);

	if (!d)
		return -ENOENT; /* ok: lin-lock-held-on-exit */
	d->dead = 1;
	dock_unlock(d);
	return 0; /* ok: lin-lock-held-on-exit */
}
