/* The driver's own lock and unlock functions, and ways out between them. */
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

/* trap: lin-lock-held-on-exit callee-releases */
int dock_attach(struct dock *d)
{
	dock_lock(d); /* note: lin-lock-held-on-exit "dock_lock" */
	if (d->dead)
		return -ENODEV; /* expect: lin-lock-held-on-exit "d->lock" */
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
		goto out;
	}
	d->users = users;
	mutex_unlock(&d->mutex);
out:
	return err; /* expect: lin-lock-held-on-exit "d->mutex" */
}
