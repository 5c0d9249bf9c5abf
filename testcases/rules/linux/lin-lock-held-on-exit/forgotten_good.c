/* Functions that return with a lock held and are meant to. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

struct crane {
	struct mutex lock;
	spinlock_t queue_lock;
	int load, users;
};

/* Another file of this driver. */
void crane_finish(struct crane *c);
int crane_move(struct crane *c, int load);

int crane_read(struct crane *c)
{
	int load;

	mutex_lock(&c->lock);
	load = c->load;
	mutex_unlock(&c->lock);
	return load;
}

/* Whoever calls it gives the lock back. */
static int crane_begin(struct crane *c)
{
	mutex_lock(&c->lock);
	if (c->users < 0) {
		mutex_unlock(&c->lock);
		return -ENODEV;
	}
	return 0;
}

int crane_lift(struct crane *c, int load)
{
	int err = crane_begin(c);

	if (err)
		return err;
	err = crane_move(c, load);
	mutex_unlock(&c->lock);
	return err;
}

/* The name of the other file's function says that it gives back. */
int crane_set(struct crane *c, int load)
{
	mutex_lock(&c->lock);
	c->load = load;
	crane_finish(c);
	return 0;
}

/* Two cranes may be one: the locks are given back by the order of their numbers, which are equal for one crane only. */
int crane_swap(struct crane *from, struct crane *to, int load)
{
	int err;

	mutex_lock(&from->lock);
	if (from != to)
		mutex_lock(&to->lock);
	err = crane_move(from, load);
	if (!err)
		err = crane_move(to, -load);
	if (from->users > to->users) {
		mutex_unlock(&from->lock);
		mutex_unlock(&to->lock);
	} else if (to->users > from->users) {
		mutex_unlock(&to->lock);
		mutex_unlock(&from->lock);
	} else {
		mutex_unlock(&from->lock);
	}
	return err;
}
