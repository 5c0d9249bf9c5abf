/* Functions that do as they are declared. */
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct vault {
	spinlock_t lock;
	struct mutex mutex;
	int coins;
};

/* trap: lin-annotation-contradicted annotated-helper */
void vault_begin(struct vault *v) __acquires(&v->lock)
{
	spin_lock(&v->lock); /* ok: lin-lock-held-on-exit */
	if (v->coins < 0)
		v->coins = 0;
} /* ok: lin-annotation-contradicted */

void vault_end(struct vault *v) __releases(&v->lock)
{
	v->coins++;
	spin_unlock(&v->lock);
} /* ok: lin-annotation-contradicted */

static void vault_count(struct vault *v) __must_hold(&v->lock)
{
	v->coins++;
}

static int __must_check vault_check(struct vault *v)
{
	return v->coins < 0 ? -EINVAL : 0;
}

static void vault_empty(struct vault *v)
{
	lockdep_assert_held(&v->mutex);
	v->coins = 0;
}

void vault_put(struct vault *v)
{
	spin_lock(&v->lock);
	vault_count(v); /* ok: lin-annotation-contradicted */
	spin_unlock(&v->lock);
	if (vault_check(v)) /* ok: lin-annotation-contradicted */
		return;
	mutex_lock(&v->mutex);
	vault_empty(v); /* ok: lin-annotation-contradicted */
	mutex_unlock(&v->mutex);
}

/* Trap: whether its caller holds it can not be told. */
/* trap: lin-annotation-contradicted caller-unknown */
void vault_steal(struct vault *v)
{
	vault_empty(v); /* ok: lin-annotation-contradicted */
}

/* Given up and taken again, by who holds it. */
void vault_breathe(struct vault *v) __releases(&v->lock) __acquires(&v->lock)
{
	spin_unlock(&v->lock);
	spin_lock(&v->lock); /* ok: lin-annotation-contradicted */
}
