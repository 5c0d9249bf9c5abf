/* The helpers expect the lock, or lock another object. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>

struct relay {
	spinlock_t lock;
	struct mutex mutex;
	struct relay *next;
	int hops, state;
};

static void relay_lock(struct relay *r)
{
	spin_lock(&r->lock);
}

static void relay_unlock(struct relay *r)
{
	spin_unlock(&r->lock);
}

static void relay_bump(struct relay *r)
{
	r->hops++;
}

void relay_forward(struct relay *r)
{
	spin_lock(&r->lock);
	relay_bump(r); /* ok: lin-lock-double */
	spin_unlock(&r->lock);
}

void relay_twice(struct relay *r)
{
	relay_lock(r);
	r->state = 1;
	r->state = 2;
	relay_unlock(r);
}

static int relay_begin(struct relay *r)
{
	if (r->state < 0)
		return -EINVAL;
	mutex_lock(&r->mutex);
	return 0;
}

int relay_update(struct relay *r)
{
	int err = relay_begin(r);

	if (err)
		return err;
	r->hops = 0;
	mutex_unlock(&r->mutex);
	return 0;
}

/* Trap: another object. */
void relay_chain(struct relay *r)
{
	relay_lock(r);
	if (r->next && r->next != r) {
		spin_lock_nested(&r->next->lock, SINGLE_DEPTH_NESTING); /* ok: lin-lock-double */
		relay_bump(r->next);
		relay_unlock(r->next);
	}
	relay_unlock(r);
}

/* Trap: not taken when it failed. */
int relay_either(struct relay *r)
{
	if (relay_begin(r))
		mutex_lock(&r->mutex); /* ok: lin-lock-double */
	r->hops++;
	mutex_unlock(&r->mutex);
	return 0;
}

/* Trap: the helper lets go of it meanwhile. */
static void relay_rest(struct relay *r)
{
	relay_unlock(r);
	r->state = 0;
	relay_lock(r); /* ok: lin-lock-double */
}

void relay_pause(struct relay *r)
{
	relay_lock(r);
	relay_rest(r); /* ok: lin-lock-double */
	relay_unlock(r);
}
