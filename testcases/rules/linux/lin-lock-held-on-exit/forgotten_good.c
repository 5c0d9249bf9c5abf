/* Functions that return with a lock held and are meant to. */
#include <linux/errno.h>
#include <linux/mutex.h>
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
