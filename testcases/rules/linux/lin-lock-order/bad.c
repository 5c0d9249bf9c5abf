/* Two locks in both orders. */
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
	spin_lock(&t->bank->lock); /* note: lin-lock-order "" */
	t->bank->sum += n;
	spin_unlock(&t->bank->lock);
	spin_unlock(&t->lock);
}

/* trap: lin-lock-order address-order */
/* trap: lin-lock-order nested-class */
/* trap: lin-lock-order parent-and-child */
/* trap: lin-lock-order released-between */
void bank_collect(struct bank *b, struct teller *t)
{
	spin_lock(&b->lock);
	spin_lock(&t->lock); /* expect: lin-lock-order "t->lock" */
	b->sum += t->cash;
	spin_unlock(&t->lock);
	spin_unlock(&b->lock);
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
	mutex_lock(&t->mutex); /* expect: lin-lock-order "t->mutex" */
	b->sum -= t->cash;
	mutex_unlock(&t->mutex);
	mutex_unlock(&b->mutex);
	return 0;
}
