/* Semaphores used as locks and not given back, or given back without being had. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/semaphore.h>

struct valve {
	struct semaphore sem;
	int open, fault;
};

/* trap: lin-sem-imbalance counter */
int valve_open(struct valve *v)
{
	down(&v->sem); /* note: lin-sem-imbalance "v->sem" */
	if (v->fault)
		return -EIO; /* expect: lin-sem-imbalance "v->sem" */
	v->open = 1;
	up(&v->sem);
	return 0;
}

/* trap: lin-sem-imbalance starts-at-zero */
int valve_close(struct valve *v)
{
	int err = 0;

	if (down_interruptible(&v->sem)) { /* note: lin-sem-imbalance "v->sem" */
		err = -ERESTARTSYS;
		goto out;
	}
	v->open = 0;
out:
	up(&v->sem); /* expect: lin-sem-imbalance "v->sem" */
	return err;
}

/* trap: lin-sem-imbalance signal */
int valve_step(struct valve *v, int n)
{
	struct semaphore *sem = &v->sem;

	if (down_killable(sem)) /* note: lin-sem-imbalance "sem" */
		return -EINTR;
	while (n--) {
		if (v->fault)
			goto fault;
		v->open += n;
	}
	up(sem);
	return 0;
fault:
	v->open = 0;
	return -EIO; /* expect: lin-sem-imbalance "sem" */
}

int valve_wait(struct valve *v, long ticks)
{
	int err = down_timeout(&v->sem, ticks); /* note: lin-sem-imbalance "v->sem" */

	if (err)
		return err;
	if (v->open) {
		if (v->fault)
			return -EIO; /* expect: lin-sem-imbalance "v->sem" */
		v->open = 2;
	}
	up(&v->sem);
	return 0;
}

int valve_try(struct valve *v)
{
	if (down_trylock(&v->sem)) /* note: lin-sem-imbalance "v->sem" */
		return -EAGAIN;
	if (!v->open)
		return -ENODEV; /* expect: lin-sem-imbalance "v->sem" */
	v->open = 0;
	up(&v->sem);
	return 0;
}
