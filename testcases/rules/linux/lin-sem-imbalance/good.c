/* Given back on every path, or used as a counter or a signal. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/semaphore.h>

struct valve {
	struct semaphore sem;
	struct semaphore ready;
	int open, fault;
};

int valve_open(struct valve *v)
{
	int err = 0;

	down(&v->sem);
	if (v->fault)
		err = -EIO;
	else
		v->open = 1;
	up(&v->sem);
	return err; /* ok: lin-sem-imbalance */
}

int valve_close(struct valve *v)
{
	if (down_interruptible(&v->sem))
		return -ERESTARTSYS; /* ok: lin-sem-imbalance */
	v->open = 0;
	up(&v->sem); /* ok: lin-sem-imbalance */
	return 0;
}

int valve_step(struct valve *v, int n)
{
	int err = 0;

	if (down_killable(&v->sem))
		return -EINTR;
	while (n--) {
		if (v->fault) {
			err = -EIO;
			goto out;
		}
		v->open += n;
	}
out:
	up(&v->sem);
	return err; /* ok: lin-sem-imbalance */
}

int valve_try(struct valve *v)
{
	if (down_trylock(&v->sem))
		return -EAGAIN; /* ok: lin-sem-imbalance */
	v->open = 0;
	up(&v->sem);
	return 0;
}

/* Trap: a signal between contexts: the interrupt gives what the thread takes. */
irqreturn_t valve_interrupt(int irq, void *data)
{
	struct valve *v = data;

	up(&v->ready); /* ok: lin-sem-imbalance */
	return IRQ_HANDLED;
}

/* trap: lin-sem-imbalance signal */
int valve_thread(struct valve *v)
{
	while (!v->fault) {
		if (down_interruptible(&v->ready))
			return -EINTR;
		v->open = !v->open;
	}
	return 0; /* ok: lin-sem-imbalance */
}

/* Trap: starts at zero, so up comes first. */
/* trap: lin-sem-imbalance starts-at-zero */
void valve_init(struct valve *v)
{
	sema_init(&v->ready, 0);
	sema_init(&v->sem, 1);
	up(&v->ready); /* ok: lin-sem-imbalance */
	down(&v->ready);
}

/* Trap: a counter is drained, then set to one again. */
void valve_rearm(struct valve *v)
{
	while (!down_trylock(&v->ready))
		;
	up(&v->ready); /* ok: lin-sem-imbalance */
}

/* Trap: two tokens of a counter. */
/* trap: lin-sem-imbalance counter */
int valve_double(struct valve *v)
{
	down(&v->ready);
	down(&v->ready); /* ok: lin-lock-double */
	v->open++;
	up(&v->ready);
	up(&v->ready);
	return 0; /* ok: lin-sem-imbalance */
}

/* Trap: a loop takes all tokens of a counter, or gives back those that it had. */
int valve_fill(struct semaphore *slots, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (down_interruptible(slots)) {
			while (i--)
				up(slots); /* ok: lin-sem-imbalance */
			return -EINTR;
		}
	}
	return 0; /* ok: lin-sem-imbalance */
}
