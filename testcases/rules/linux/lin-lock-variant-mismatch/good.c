/* Counterparts, and the legal ways to split them. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>

struct fifo {
	spinlock_t lock;
	spinlock_t other;
	rwlock_t map;
	struct rw_semaphore sem;
	seqlock_t stamp;
	int head, tail;
};

void fifo_push(struct fifo *f, int value)
{
	unsigned long flags;

	spin_lock_irqsave(&f->lock, flags);
	f->head += value;
	spin_unlock_irqrestore(&f->lock, flags); /* ok: lin-lock-variant-mismatch */
}

int fifo_pop(struct fifo *f)
{
	int value;

	spin_lock_bh(&f->lock);
	value = f->tail;
	if (value == f->head) {
		spin_unlock_bh(&f->lock); /* ok: lin-lock-variant-mismatch */
		return -ENODATA;
	}
	f->tail++;
	spin_unlock_bh(&f->lock);
	return value;
}

irqreturn_t fifo_interrupt(int irq, void *data)
{
	struct fifo *f = data;

	spin_lock(&f->lock);
	f->head++;
	spin_unlock(&f->lock); /* ok: lin-lock-variant-mismatch */
	return IRQ_HANDLED;
}

int fifo_length(struct fifo *f)
{
	int length;

	read_lock(&f->map);
	length = f->head - f->tail;
	read_unlock(&f->map); /* ok: lin-lock-variant-mismatch */
	return length;
}

int fifo_resize(struct fifo *f, int n)
{
	struct rw_semaphore *sem = &f->sem;
	int err = 0;

	down_write(sem);
	if (n <= 0) {
		err = -EINVAL;
		goto out;
	}
	f->head = n;
	downgrade_write(sem);
	f->tail = 0;
	up_read(&f->sem); /* ok: lin-lock-variant-mismatch */
	return 0;
out:
	up_write(&f->sem); /* ok: lin-lock-variant-mismatch */
	return err;
}

void fifo_stamp(struct fifo *f)
{
	write_seqlock_bh(&f->stamp);
	f->head = f->tail;
	write_sequnlock_bh(&f->stamp); /* ok: lin-lock-variant-mismatch */
}

/* Trap: the two halves of spin_unlock_irqrestore apart. */
/* trap: lin-lock-variant-mismatch split-restore */
void fifo_split(struct fifo *f)
{
	unsigned long flags;

	spin_lock_irqsave(&f->lock, flags);
	f->head++;
	spin_unlock(&f->lock); /* ok: lin-lock-variant-mismatch */
	f->tail = 0;
	local_irq_restore(flags);
}

/* Trap: the two halves of spin_unlock_irq apart. */
/* trap: lin-lock-variant-mismatch split-enable */
void fifo_split_irq(struct fifo *f)
{
	spin_lock_irq(&f->lock);
	f->head++;
	spin_unlock(&f->lock); /* ok: lin-lock-variant-mismatch */
	local_irq_enable();
	schedule();
}

/* Trap: the two halves of the acquisition apart. */
void fifo_joined(struct fifo *f)
{
	unsigned long flags;

	local_irq_save(flags);
	spin_lock(&f->lock);
	f->head++;
	spin_unlock_irqrestore(&f->lock, flags); /* ok: lin-lock-variant-mismatch */
}

/* Trap: a second lock inside the region that the first one opened. */
/* trap: lin-lock-variant-mismatch inner-lock */
void fifo_move(struct fifo *f)
{
	unsigned long flags;

	spin_lock_irqsave(&f->lock, flags);
	spin_lock(&f->other);
	f->tail = f->head;
	spin_unlock(&f->other); /* ok: lin-lock-variant-mismatch */
	spin_unlock_irqrestore(&f->lock, flags);
}

/* Trap: hand over hand, the flags go with the last lock. */
void fifo_hand_over(struct fifo *f)
{
	unsigned long flags;

	spin_lock_irqsave(&f->lock, flags);
	spin_lock(&f->other);
	spin_unlock(&f->lock); /* ok: lin-lock-variant-mismatch */
	f->tail = f->head;
	spin_unlock_irqrestore(&f->other, flags);
}

/* Trap: soft interrupts split off. */
void fifo_split_bh(struct fifo *f)
{
	spin_lock_bh(&f->lock);
	f->head++;
	spin_unlock(&f->lock); /* ok: lin-lock-variant-mismatch */
	f->tail = 0;
	local_bh_enable();
}
