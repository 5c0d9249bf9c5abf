/* One order everywhere, or nothing that waits. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct bank {
	spinlock_t lock;
	struct mutex mutex;
	int sum;
};

struct teller {
	spinlock_t lock;
	struct mutex mutex;
	struct bank *bank;
	int cash;
};

void teller_deposit(struct teller *t, int n)
{
	spin_lock(&t->lock);
	spin_lock(&t->bank->lock);
	t->bank->sum += n;
	spin_unlock(&t->bank->lock);
	spin_unlock(&t->lock);
}

void bank_collect(struct bank *b, struct teller *t)
{
	spin_lock(&t->lock);
	spin_lock(&b->lock); /* ok: lin-lock-order */
	b->sum += t->cash;
	spin_unlock(&b->lock);
	spin_unlock(&t->lock);
}

int teller_open(struct teller *t)
{
	int err = mutex_lock_interruptible(&t->mutex);

	if (err)
		return err;
	mutex_lock(&t->bank->mutex);
	t->cash = t->bank->sum;
	mutex_unlock(&t->bank->mutex);
	mutex_unlock(&t->mutex);
	return 0;
}

/* trap: lin-lock-order trylock */
int bank_audit(struct bank *b, struct teller *t)
{
	mutex_lock(&b->mutex);
	/* Trap: a try does not wait. */
	if (!mutex_trylock(&t->mutex)) { /* ok: lin-lock-order */
		mutex_unlock(&b->mutex);
		return -EAGAIN;
	}
	b->sum -= t->cash;
	mutex_unlock(&t->mutex);
	mutex_unlock(&b->mutex);
	return 0;
}

/* Trap: two of one kind, ordered by address. */
/* trap: lin-lock-order address-order */
/* trap: lin-lock-order nested-class */
void bank_move(struct bank *a, struct bank *b, int n)
{
	if (a > b)
		swap(a, b);
	spin_lock(&a->lock);
	spin_lock_nested(&b->lock, SINGLE_DEPTH_NESTING); /* ok: lin-lock-order */
	a->sum -= n;
	b->sum += n;
	spin_unlock(&b->lock);
	spin_unlock(&a->lock);
}

/* Trap: released in between. */
/* trap: lin-lock-order released-between */
void bank_rest(struct bank *b, struct teller *t)
{
	spin_lock(&b->lock);
	b->sum = 0;
	spin_unlock(&b->lock);
	spin_lock(&t->lock); /* ok: lin-lock-order */
	t->cash = 0;
	spin_unlock(&t->lock);
}

/* The parent always first; to the names it looks like both orders. */
struct branch {
	spinlock_t lock;
	struct branch *parent;
	int sum;
};

/* trap: lin-lock-order parent-and-child */
void branch_credit(struct branch *b, int n)
{
	spin_lock(&b->parent->lock);
	spin_lock_nested(&b->lock, SINGLE_DEPTH_NESTING); /* ok: lin-lock-order */
	b->sum += n;
	spin_unlock(&b->lock);
	spin_unlock(&b->parent->lock);
}

void branch_debit(struct branch *parent, struct branch *child, int n)
{
	spin_lock(&parent->lock);
	spin_lock_nested(&child->lock, SINGLE_DEPTH_NESTING); /* ok: lin-lock-order */
	child->sum -= n;
	spin_unlock(&child->lock);
	spin_unlock(&parent->lock);
}
