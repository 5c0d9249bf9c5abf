/* Each release belongs to an acquisition, here or in the caller. */
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

int meter_set(struct meter *m, int value)
{
	int err = 0;

	spin_lock(&m->lock);
	if (value > m->limit) {
		err = -ERANGE;
		goto fail;
	}
	m->value = value;
fail:
	spin_unlock(&m->lock); /* ok: lin-unlock-not-held */
	return err;
}

int meter_add(struct meter *m, int value)
{
	int err = mutex_lock_interruptible(&m->mutex);

	if (err)
		return err;
	m->value += value;
	mutex_unlock(&m->mutex); /* ok: lin-unlock-not-held */
	return 0;
}

int meter_try(struct meter *m)
{
	int got = spin_trylock_bh(&m->lock);

	if (got) {
		m->value++;
		spin_unlock_bh(&m->lock); /* ok: lin-unlock-not-held */
	}
	return got;
}

int meter_read(struct meter *m)
{
	int value;

	down_read(&m->sem);
	value = m->value;
	up_read(&m->sem);
	return value < 0 ? 0 : value;
}

int meter_drain(struct meter *m, const int *steps, int n)
{
	int i;

	write_lock(&m->table);
	for (i = 0; i < n; i++) {
		if (steps[i] > m->value)
			break;
		m->value -= steps[i];
	}
	write_unlock(&m->table); /* ok: lin-unlock-not-held */
	return m->value;
}

/* Trap: entered with the lock held, as annotated. */
/* trap: lin-unlock-not-held entered-held */
void meter_finish(struct meter *m) __releases(&m->lock)
{
	m->value = 0;
	spin_unlock(&m->lock); /* ok: lin-unlock-not-held */
}

/* Trap: entered with the lock held, as the name says; drops and retakes it. */
void meter_wait_locked(struct meter *m)
{
	while (m->value > m->limit) {
		spin_unlock(&m->lock); /* ok: lin-unlock-not-held */
		cpu_relax();
		spin_lock(&m->lock);
	}
}

/* Trap: the callee drops the lock and takes it again. */
static void meter_relax(struct meter *m)
{
	mutex_unlock(&m->mutex);
	cpu_relax();
	mutex_lock(&m->mutex);
}

/* trap: lin-unlock-not-held callee-retakes */
int meter_slow(struct meter *m)
{
	mutex_lock(&m->mutex);
	meter_relax(m);
	m->value++;
	mutex_unlock(&m->mutex); /* ok: lin-unlock-not-held */
	return 0;
}

/* Trap: taken and released under the same condition. */
/* trap: lin-unlock-not-held same-condition */
int meter_store(struct meter *m, int value, bool atomic)
{
	if (atomic)
		spin_lock(&m->lock);
	m->value = value;
	if (atomic)
		spin_unlock(&m->lock); /* ok: lin-unlock-not-held */
	return 0;
}

/* Trap: two error labels, one behind the release. */
int meter_swap(struct meter *m, int *value)
{
	int err = -EINVAL;

	if (!value)
		goto out;
	mutex_lock(&m->mutex);
	if (*value > m->limit)
		goto unlock;
	swap(*value, m->value);
	err = 0;
unlock:
	mutex_unlock(&m->mutex); /* ok: lin-unlock-not-held */
out:
	return err;
}

/* Trap: released in a loop, taken in the same round. */
int meter_poll(struct meter *m)
{
	int tries;

	for (tries = 0; tries < 10; tries++) {
		spin_lock(&m->lock);
		if (m->value) {
			spin_unlock(&m->lock);
			return 0;
		}
		spin_unlock(&m->lock); /* ok: lin-unlock-not-held */
		cpu_relax();
	}
	return -ETIMEDOUT;
}
