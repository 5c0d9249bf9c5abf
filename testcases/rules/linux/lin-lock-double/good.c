/* One acquisition at a time, or two different locks. */
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
	struct relay *next;
	int state, hops;
};

int relay_forward(struct relay *r)
{
	spin_lock(&r->lock);
	r->hops++;
	spin_unlock(&r->lock);
	spin_lock(&r->lock); /* ok: lin-lock-double */
	r->state = 1;
	spin_unlock(&r->lock);
	return 0;
}

/* Trap: locked once a round, `continue` included. */
/* trap: lin-lock-double lock-per-round */
int relay_scan(struct relay *r, const int *states, int n)
{
	int i, hits = 0;

	for (i = 0; i < n; i++) {
		spin_lock_bh(&r->lock); /* ok: lin-lock-double */
		if (states[i] < 0) {
			spin_unlock_bh(&r->lock);
			continue;
		}
		hits += states[i] == r->state;
		spin_unlock_bh(&r->lock);
	}
	return hits;
}

int relay_route(struct relay *r, int add)
{
	read_lock(&r->routes);
	if (!add) {
		read_unlock(&r->routes);
		return r->hops;
	}
	read_unlock(&r->routes);
	write_lock(&r->routes); /* ok: lin-lock-double */
	r->hops += add;
	write_unlock(&r->routes);
	return 0;
}

int relay_retry(struct relay *r)
{
	struct mutex *m = &r->mutex;

	mutex_lock(m);
	r->state = 0;
	mutex_unlock(m);
	if (mutex_lock_interruptible(&r->mutex)) /* ok: lin-lock-double */
		return -EINTR;
	mutex_unlock(&r->mutex);
	return 0;
}

int relay_rebuild(struct relay *r)
{
	down_write(&r->sem);
	r->state = 0;
	downgrade_write(&r->sem);
	r->hops = r->state;
	up_read(&r->sem);
	down_read(&r->sem); /* ok: lin-lock-double */
	up_read(&r->sem);
	return 0;
}

void relay_tick(struct relay *r)
{
	write_seqlock(&r->clock);
	r->hops++;
	r->state++;
	write_sequnlock(&r->clock);
}

/* Trap: two objects of one type. */
/* trap: lin-lock-double two-objects */
/* trap: lin-lock-double nested */
void relay_join(struct relay *a, struct relay *b)
{
	spin_lock(&a->lock);
	spin_lock_nested(&b->lock, SINGLE_DEPTH_NESTING); /* ok: lin-lock-double */
	a->hops += b->hops;
	spin_unlock(&b->lock);
	spin_unlock(&a->lock);
}

/* Trap: elements of an array. */
/* trap: lin-lock-double array-elements */
void relay_pair(struct relay *ring, int i, int j)
{
	spin_lock(&ring[i].lock);
	spin_lock(&ring[j].lock); /* ok: lin-lock-double */
	ring[i].hops = ring[j].hops;
	spin_unlock(&ring[j].lock);
	spin_unlock(&ring[i].lock);
}

/* Trap: hand over hand along a list, the pointer moves on. */
void relay_walk(struct relay *r)
{
	struct relay *next;

	spin_lock(&r->lock);
	while ((next = r->next)) {
		spin_lock(&next->lock); /* ok: lin-lock-double */
		spin_unlock(&r->lock);
		r = next;
		r->hops++;
	}
	spin_unlock(&r->lock);
}

/* Trap: the callee locks another instance. */
static void relay_bump(struct relay *r)
{
	spin_lock(&r->lock); /* ok: lin-lock-double */
	r->hops++;
	spin_unlock(&r->lock);
}

/* trap: lin-lock-double callee-other-instance */
void relay_chain(struct relay *r)
{
	spin_lock(&r->lock);
	if (r->next && r->next != r)
		relay_bump(r->next);
	spin_unlock(&r->lock);
}

/* Trap: a try that fails has taken nothing. */
int relay_poll(struct relay *r)
{
	while (!spin_trylock(&r->lock)) /* ok: lin-lock-double */
		cpu_relax();
	r->hops++;
	spin_unlock(&r->lock);
	return 0;
}

/* Trap: readers of a rwlock may recurse. */
int relay_count(struct relay *r)
{
	int hops;

	read_lock(&r->routes);
	read_lock(&r->routes); /* ok: lin-lock-double */
	hops = r->hops;
	read_unlock(&r->routes);
	read_unlock(&r->routes);
	return hops;
}
