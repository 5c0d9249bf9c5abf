/* Locks released by another variant than took them. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>

struct fifo {
	spinlock_t lock;
	rwlock_t map;
	struct rw_semaphore sem;
	seqlock_t stamp;
	int head, tail;
};

/* trap: lin-lock-variant-mismatch split-restore */
void fifo_push(struct fifo *f, int value)
{
	unsigned long flags;

	spin_lock_irqsave(&f->lock, flags); /* note: lin-lock-variant-mismatch "f->lock" */
	f->head += value;
	spin_unlock(&f->lock); /* expect: lin-lock-variant-mismatch "f->lock" */
}

int fifo_pop(struct fifo *f)
{
	int value;

	spin_lock_bh(&f->lock); /* note: lin-lock-variant-mismatch "f->lock" */
	value = f->tail;
	if (value == f->head) {
		spin_unlock(&f->lock); /* expect: lin-lock-variant-mismatch "f->lock" */
		return -ENODATA;
	}
	f->tail++;
	spin_unlock_bh(&f->lock);
	return value;
}

/* trap: lin-lock-variant-mismatch inner-lock */
irqreturn_t fifo_interrupt(int irq, void *data)
{
	struct fifo *f = data;

	spin_lock(&f->lock); /* note: lin-lock-variant-mismatch "f->lock" */
	f->head++;
	spin_unlock_irq(&f->lock); /* expect: lin-lock-variant-mismatch "f->lock" */
	return IRQ_HANDLED;
}

int fifo_length(struct fifo *f)
{
	int length;

	read_lock(&f->map); /* note: lin-lock-variant-mismatch "f->map" */
	length = f->head - f->tail;
	write_unlock(&f->map); /* expect: lin-lock-variant-mismatch "f->map" */
	return length;
}

int fifo_resize(struct fifo *f, int n)
{
	struct rw_semaphore *sem = &f->sem;
	int err = 0;

	down_write(sem); /* note: lin-lock-variant-mismatch "sem" */
	if (n <= 0) {
		err = -EINVAL;
		goto out;
	}
	f->head = n;
out:
	up_read(&f->sem); /* expect: lin-lock-variant-mismatch "sem" */
	return err;
}

/* trap: lin-lock-variant-mismatch split-enable */
void fifo_trim(struct fifo *f, int n)
{
	unsigned long flags;

	while (n--) {
		write_lock_irqsave(&f->map, flags); /* note: lin-lock-variant-mismatch "f->map" */
		f->tail++;
		write_unlock_irq(&f->map); /* expect: lin-lock-variant-mismatch "f->map" */
	}
}

void fifo_stamp(struct fifo *f)
{
	write_seqlock_bh(&f->stamp); /* note: lin-lock-variant-mismatch "f->stamp" */
	f->head = f->tail;
	write_sequnlock(&f->stamp); /* expect: lin-lock-variant-mismatch "f->stamp" */
}
