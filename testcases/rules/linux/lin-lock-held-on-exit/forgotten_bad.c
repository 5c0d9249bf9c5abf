/* Locks that are never given back in functions that could be taken for lock helpers. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

struct winch {
	struct mutex lock;
	spinlock_t queue_lock;
	struct list_head queue;
	int rope, speed;
};

/* Another file of this driver: nothing is known of them. */
int winch_command(struct winch *w, int speed);
int winch_query_locked(struct winch *w);

int winch_wind(struct winch *w, int speed)
{
	int err;

	mutex_lock(&w->lock);
	err = winch_command(w, speed);
	mutex_unlock(&w->lock);
	return err;
}

bool winch_idle(struct winch *w)
{
	bool idle;

	spin_lock(&w->queue_lock);
	idle = list_empty(&w->queue);
	spin_unlock(&w->queue_lock);
	return idle;
}

/* It has a caller and one way out, but here every function gives back what it took. */
static void winch_slow_down(struct winch *w)
{
	mutex_lock(&w->lock); /* note: lin-lock-held-on-exit "w->lock" */
	if (w->speed > 1)
		w->speed--;
} /* expect: lin-lock-held-on-exit "w->lock" */

/* Visible to other files. */
void winch_drop_all(struct winch *w)
{
	spin_lock(&w->queue_lock);
	INIT_LIST_HEAD(&w->queue);
} /* expect: lin-lock-held-on-exit "w->queue_lock" */

/* A clock is no lock. */
int winch_set_clock(struct winch *w, int speed)
{
	if (mutex_lock_interruptible(&w->lock) < 0)
		return -EINTR;
	w->speed = speed;
	return 0; /* expect: lin-lock-held-on-exit "w->lock" */
}

/* By their names the functions that it is given to leave the lock as it is. */
int winch_check(struct winch *w)
{
	int err;

	mutex_lock(&w->lock);
	err = winch_query_locked(w);
	if (!err)
		err = winch_command(w, 0);
	return err; /* expect: lin-lock-held-on-exit "w->lock" */
}

int winch_stop(struct winch *w)
{
	while (w->speed > 1)
		winch_slow_down(w);
	return w->speed;
}
