/* Every path releases, or the function's contract is to return with the lock held. */
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
	spinlock_t queue_lock;
	struct mutex config_lock;
	struct mutex list_lock;
	struct rw_semaphore map_sem;
	rwlock_t table_lock;
	int dead, busy, users;
	int slots[8];
};

int dock_attach(struct dock *d)
{
	spin_lock(&d->lock);
	if (d->dead) {
		spin_unlock(&d->lock);
		return -ENODEV; /* ok: lin-lock-held-on-exit */
	}
	d->users++;
	spin_unlock(&d->lock);
	return 0;
}

int dock_find_slot(struct dock *d, int wanted)
{
	unsigned long flags;
	int i;

	spin_lock_irqsave(&d->queue_lock, flags);
	for (i = 0; i < 8; i++) {
		if (d->slots[i] == wanted)
			break;
	}
	spin_unlock_irqrestore(&d->queue_lock, flags);
	return i < 8 ? i : -ENOENT; /* ok: lin-lock-held-on-exit */
}

/* trap: lin-lock-held-on-exit goto-unlock */
int dock_configure(struct dock *d, int users)
{
	int err = mutex_lock_interruptible(&d->config_lock);

	if (err)
		return err; /* ok: lin-lock-held-on-exit */
	if (users > 0) {
		if (d->busy) {
			err = -EBUSY;
			goto out_unlock;
		}
		d->users = users;
	}
out_unlock:
	mutex_unlock(&d->config_lock);
	return err; /* ok: lin-lock-held-on-exit */
}

/* trap: lin-lock-held-on-exit failed-try */
int dock_try(struct dock *d)
{
	struct mutex *lock = &d->config_lock;

	if (!mutex_trylock(lock))
		return -EAGAIN; /* ok: lin-lock-held-on-exit */
	d->users--;
	mutex_unlock(&d->config_lock);
	return 0; /* ok: lin-lock-held-on-exit */
}

int dock_lookup(struct dock *d, unsigned int slot)
{
	int value = -EINVAL;

	down_read(&d->map_sem);
	if (slot < 8)
		value = d->slots[slot];
	up_read(&d->map_sem);
	return value;
}

void dock_reset(struct dock *d)
{
	int i;

	write_lock_bh(&d->table_lock);
	for (i = 0; i < 8; i++)
		d->slots[i] = 0;
	if (d->users)
		d->users = 0;
	write_unlock_bh(&d->table_lock);
} /* ok: lin-lock-held-on-exit */

int dock_peek(struct dock *d)
{
	int users = -ENODEV;

	rcu_read_lock();
	if (!READ_ONCE(d->dead))
		users = READ_ONCE(d->users);
	rcu_read_unlock();
	return users;
}

int dock_kick(struct dock *d)
{
	unsigned long flags;

	local_irq_save(flags);
	if (!d->dead)
		d->busy = 1;
	local_irq_restore(flags);
	return 0;
}

/* Trap: a function that is annotated to return with the lock held. */
/* trap: lin-lock-held-on-exit lock-helper */
void dock_begin(struct dock *d) __acquires(&d->lock)
{
	spin_lock(&d->lock);
	d->busy++;
} /* ok: lin-lock-held-on-exit */

void dock_end(struct dock *d) __releases(&d->lock)
{
	d->busy--;
	spin_unlock(&d->lock);
}

/* Trap: a lock helper without annotations, held on its only way out. */
static void dock_lock_all(struct dock *d)
{
	mutex_lock(&d->config_lock);
	spin_lock(&d->lock);
} /* ok: lin-lock-held-on-exit */

static void dock_unlock_all(struct dock *d)
{
	spin_unlock(&d->lock);
	mutex_unlock(&d->config_lock);
}

int dock_swap(struct dock *d)
{
	dock_lock_all(d);
	d->users = d->busy;
	dock_unlock_all(d);
	return 0; /* ok: lin-lock-held-on-exit */
}

/* Trap: a helper that returns held exactly when it succeeds. */
static bool dock_lock_live(struct dock *d)
{
	spin_lock(&d->lock);
	if (!d->dead)
		return true; /* ok: lin-lock-held-on-exit */
	spin_unlock(&d->lock);
	return false;
}

int dock_poke(struct dock *d)
{
	if (!dock_lock_live(d))
		return -ENODEV;
	d->busy = 1;
	spin_unlock(&d->lock);
	return 0; /* ok: lin-lock-held-on-exit */
}

/* Trap: locked and unlocked under the same condition, unchanged in between. */
/* trap: lin-lock-held-on-exit same-condition */
int dock_update(struct dock *d, bool nested)
{
	if (!nested)
		mutex_lock(&d->config_lock);
	d->users++;
	if (!nested)
		mutex_unlock(&d->config_lock);
	return 0; /* ok: lin-lock-held-on-exit */
}

/* Trap: a flag beside a trylock remembers whether there is something to release. */
void dock_write(struct dock *d, bool oops)
{
	unsigned long flags;
	int locked = 1;

	if (oops)
		locked = spin_trylock_irqsave(&d->lock, flags);
	else
		spin_lock_irqsave(&d->lock, flags);
	d->users++;
	if (locked)
		spin_unlock_irqrestore(&d->lock, flags);
} /* ok: lin-lock-held-on-exit */

/* Trap: a pair of callbacks, one locks and the other unlocks. */
/* trap: lin-lock-held-on-exit callback-pair */
static void *dock_seq_start(struct seq_file *m, loff_t *pos)
{
	struct dock *d = m->private;

	mutex_lock(&d->list_lock);
	return *pos < 8 ? &d->slots[*pos] : NULL; /* ok: lin-lock-held-on-exit */
}

static void *dock_seq_next(struct seq_file *m, void *v, loff_t *pos)
{
	struct dock *d = m->private;

	++*pos;
	return *pos < 8 ? &d->slots[*pos] : NULL;
}

static void dock_seq_stop(struct seq_file *m, void *v)
{
	struct dock *d = m->private;

	mutex_unlock(&d->list_lock);
}

static int dock_seq_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%d\n", *(int *)v);
	return 0;
}

const struct seq_operations dock_seq_ops = {
	.start = dock_seq_start,
	.next = dock_seq_next,
	.stop = dock_seq_stop,
	.show = dock_seq_show,
};

/* Trap: the callee releases. */
static int dock_fail(struct dock *d, int err)
{
	d->dead = 1;
	spin_unlock(&d->queue_lock);
	return err;
}

/* trap: lin-lock-held-on-exit callee-releases */
int dock_check(struct dock *d)
{
	spin_lock(&d->queue_lock);
	if (d->busy)
		return dock_fail(d, -EBUSY); /* ok: lin-lock-held-on-exit */
	spin_unlock(&d->queue_lock);
	return 0;
}

/* Trap: a loop without an end is no exit. */
/* trap: lin-lock-held-on-exit endless-loop */
int dock_thread(void *data)
{
	struct dock *d = data;

	spin_lock(&d->queue_lock);
	for (;;) {
		d->busy = !d->busy;
		cpu_relax();
	}
} /* ok: lin-lock-held-on-exit */

/* Trap: dropped and taken again for a caller that holds it. */
void dock_drain_locked(struct dock *d)
{
	if (d->busy) {
		spin_unlock(&d->lock);
		cpu_relax();
		spin_lock(&d->lock);
	}
	d->busy = 0;
} /* ok: lin-lock-held-on-exit */

/* Trap: readers may nest. */
int dock_sum(rwlock_t *lock, struct dock *d)
{
	int sum;

	read_lock(lock);
	read_lock(lock);
	sum = d->users + d->busy;
	read_unlock(lock);
	read_unlock(lock);
	return sum; /* ok: lin-lock-held-on-exit */
}
