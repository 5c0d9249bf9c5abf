/* A lock taken again on a path that already holds it. */
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
	rwlock_t routes;
	struct rw_semaphore sem;
	seqlock_t clock;
	int state, hops;
};

/* trap: lin-lock-double two-objects */
int relay_forward(struct relay *r)
{
	spin_lock(&r->lock); /* note: lin-lock-double "r->lock" */
	r->hops++;
	spin_lock(&r->lock); /* expect: lin-lock-double "r->lock" */
	r->state = 1;
	spin_unlock(&r->lock);
	return 0;
}

/* The unlock of the first round is missing on the `continue` path. */
/* trap: lin-lock-double lock-per-round */
int relay_scan(struct relay *r, const int *states, int n)
{
	int i, hits = 0;

	for (i = 0; i < n; i++) {
		spin_lock_bh(&r->lock); /* expect: lin-lock-double "r->lock" */
		if (states[i] < 0)
			continue;
		hits += states[i] == r->state;
		spin_unlock_bh(&r->lock);
	}
	return hits; /* the same defect: said once, above */
}

int relay_route(struct relay *r, int add)
{
	read_lock(&r->routes); /* note: lin-lock-double "r->routes" */
	if (!add) {
		read_unlock(&r->routes);
		return r->hops;
	}
	write_lock(&r->routes); /* expect: lin-lock-double "r->routes" */
	r->hops += add;
	write_unlock(&r->routes);
	return 0;
}

int relay_retry(struct relay *r)
{
	struct mutex *m = &r->mutex;

	mutex_lock(m); /* note: lin-lock-double "m" */
	if (r->state) {
		if (mutex_lock_interruptible(&r->mutex)) /* expect: lin-lock-double "m" */
			r->state = 0;
	}
	mutex_unlock(&r->mutex);
	return 0;
}

int relay_rebuild(struct relay *r, bool force)
{
	int err = -EBUSY;

	down_read(&r->sem); /* note: lin-lock-double "r->sem" */
	if (r->state && !force)
		goto out;
	down_write(&r->sem); /* expect: lin-lock-double "r->sem" */
	r->state = 0;
	err = 0;
	up_write(&r->sem);
	return err;
out:
	up_read(&r->sem);
	return err;
}

void relay_tick(struct relay *r)
{
	write_seqlock(&r->clock); /* note: lin-lock-double "r->clock" */
	r->hops++;
	write_seqlock(&r->clock); /* expect: lin-lock-double "r->clock" */
	r->state++;
	write_sequnlock(&r->clock);
}

/* The same element twice. */
/* trap: lin-lock-double array-elements */
void relay_same(struct relay *ring, int i)
{
	spin_lock(&ring[i].lock); /* note: lin-lock-double "ring[i].lock" */
	ring[i].hops++;
	spin_lock(&ring[i].lock); /* expect: lin-lock-double "ring[i].lock" */
	ring[i].state = 0;
	spin_unlock(&ring[i].lock);
}

/* Another class for the tool that watches, the same lock for the cpu. */
/* trap: lin-lock-double nested */
void relay_nest(struct relay *r)
{
	spin_lock(&r->lock); /* note: lin-lock-double "r->lock" */
	r->hops++;
	spin_lock_nested(&r->lock, SINGLE_DEPTH_NESTING); /* expect: lin-lock-double "r->lock" */
	r->state = 1;
	spin_unlock(&r->lock);
}
