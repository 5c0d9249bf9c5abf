/* Releases of locks that the path does not hold. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>

struct meter {
	spinlock_t lock;
	struct mutex mutex;
	struct rw_semaphore sem;
	rwlock_t table;
	int value, limit;
};

/* The error label unlocks a second time. */
/* trap: lin-unlock-not-held entered-held */
int meter_set(struct meter *m, int value)
{
	int err = 0;

	spin_lock(&m->lock);
	if (value > m->limit) {
		spin_unlock(&m->lock); /* note: lin-unlock-not-held "m->lock" */
		err = -ERANGE;
		goto fail;
	}
	m->value = value;
fail:
	spin_unlock(&m->lock); /* expect: lin-unlock-not-held "m->lock" */
	return err;
}

int meter_add(struct meter *m, int value)
{
	int err = mutex_lock_interruptible(&m->mutex);

	if (err)
		goto out;
	m->value += value;
out:
	mutex_unlock(&m->mutex); /* expect: lin-unlock-not-held "m->mutex" */
	return err;
}

int meter_try(struct meter *m)
{
	int got = spin_trylock_bh(&m->lock);

	if (got)
		m->value++;
	spin_unlock_bh(&m->lock); /* expect: lin-unlock-not-held "m->lock" */
	return got;
}

/* trap: lin-unlock-not-held same-condition */
void meter_clear(struct meter *m, int n)
{
	unsigned long flags;

	spin_lock_irqsave(&m->lock, flags);
	m->value = 0;
	if (n > 1)
		spin_unlock_irqrestore(&m->lock, flags);
	if (n > 2)
		spin_unlock_irqrestore(&m->lock, flags); /* expect: lin-unlock-not-held "m->lock" */
	else if (n <= 1)
		spin_unlock_irqrestore(&m->lock, flags);
}

int meter_read(struct meter *m)
{
	struct rw_semaphore *sem = &m->sem;
	int value;

	down_read(sem);
	value = m->value;
	up_read(&m->sem); /* note: lin-unlock-not-held "sem" */
	if (value < 0)
		value = 0;
	up_read(sem); /* expect: lin-unlock-not-held "sem" */
	return value;
}

int meter_drain(struct meter *m, const int *steps, int n)
{
	int i;

	write_lock(&m->table);
	for (i = 0; i < n; i++) {
		if (steps[i] > m->value) {
			write_unlock(&m->table); /* note: lin-unlock-not-held "m->table" */
			break;
		}
		m->value -= steps[i];
	}
	write_unlock(&m->table); /* expect: lin-unlock-not-held "m->table" */
	return m->value;
}
