/* Paths that leave the function with a lock held. */
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
	struct rw_semaphore map_sem;
	rwlock_t table_lock;
	int dead, busy, users;
	int slots[8];
};

/* trap: lin-lock-held-on-exit lock-helper */
int dock_attach(struct dock *d)
{
	spin_lock(&d->lock); /* note: lin-lock-held-on-exit "d->lock" */
	if (d->dead)
		return -ENODEV; /* expect: lin-lock-held-on-exit "d->lock" */
	d->users++;
	spin_unlock(&d->lock);
	return 0;
}

int dock_find_slot(struct dock *d, int wanted)
{
	unsigned long flags;
	int i;

	spin_lock_irqsave(&d->queue_lock, flags); /* note: lin-lock-held-on-exit "d->queue_lock" */
	for (i = 0; i < 8; i++) {
		if (d->slots[i] == wanted)
			return i; /* expect: lin-lock-held-on-exit "d->queue_lock" */
	}
	spin_unlock_irqrestore(&d->queue_lock, flags);
	return -ENOENT;
}

/* trap: lin-lock-held-on-exit goto-unlock */
int dock_configure(struct dock *d, int users)
{
	int err = mutex_lock_interruptible(&d->config_lock); /* note: lin-lock-held-on-exit "d->config_lock" */

	if (err)
		return err;
	if (users > 0) {
		if (d->busy) {
			err = -EBUSY;
			goto out;
		}
		d->users = users;
	}
	mutex_unlock(&d->config_lock);
out:
	return err; /* expect: lin-lock-held-on-exit "d->config_lock" */
}

/* trap: lin-lock-held-on-exit failed-try */
int dock_try(struct dock *d)
{
	struct mutex *lock = &d->config_lock;

	if (!mutex_trylock(lock)) /* note: lin-lock-held-on-exit "lock" */
		return -EAGAIN;
	if (d->dead)
		return -ENODEV; /* expect: lin-lock-held-on-exit "lock" */
	d->users--;
	mutex_unlock(&d->config_lock);
	return 0;
}

/* trap: lin-lock-held-on-exit callback-pair */
int dock_lookup(struct dock *d, unsigned int slot)
{
	int value;

	down_read(&d->map_sem); /* note: lin-lock-held-on-exit "d->map_sem" */
	if (slot >= 8)
		return -EINVAL; /* expect: lin-lock-held-on-exit "d->map_sem" */
	value = d->slots[slot];
	up_read(&d->map_sem);
	return value;
}

/* trap: lin-lock-held-on-exit same-condition */
void dock_reset(struct dock *d)
{
	int i;

	write_lock_bh(&d->table_lock); /* note: lin-lock-held-on-exit "d->table_lock" */
	for (i = 0; i < 8; i++)
		d->slots[i] = 0;
	if (d->users) {
		d->users = 0;
		write_unlock_bh(&d->table_lock);
	}
} /* expect: lin-lock-held-on-exit "d->table_lock" */

int dock_peek(struct dock *d)
{
	int users;

	rcu_read_lock(); /* note: lin-lock-held-on-exit "rcu read side" */
	if (READ_ONCE(d->dead))
		return -ENODEV; /* expect: lin-lock-held-on-exit "rcu read side" */
	users = READ_ONCE(d->users);
	rcu_read_unlock();
	return users;
}

int dock_kick(struct dock *d)
{
	unsigned long flags;

	local_irq_save(flags);
	if (d->dead)
		return -ENODEV; /* expect: lin-irq-bh-imbalance "local interrupts" */
	d->busy = 1;
	local_irq_restore(flags);
	return 0;
}

/* This loop has an end. */
/* trap: lin-lock-held-on-exit endless-loop */
int dock_thread(void *data)
{
	struct dock *d = data;

	spin_lock(&d->queue_lock); /* note: lin-lock-held-on-exit "d->queue_lock" */
	for (;;) {
		d->busy = !d->busy;
		if (d->dead)
			return 0; /* expect: lin-lock-held-on-exit "d->queue_lock" */
		if (d->users == 0)
			break;
		cpu_relax();
	}
	spin_unlock(&d->queue_lock);
	return 1;
}
