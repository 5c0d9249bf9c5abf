/* Functions that do otherwise than they are declared. */
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
	if (v->coins < 0)
		return; /* expect: lin-annotation-contradicted "vault_begin" */
	spin_lock(&v->lock); /* ok: lin-lock-held-on-exit */
} /* ok: lin-annotation-contradicted */

void vault_end(struct vault *v) __releases(&v->lock)
{
	v->coins++;
} /* expect: lin-annotation-contradicted "vault_end" */

static void vault_count(struct vault *v) __must_hold(&v->lock) /* note: lin-annotation-contradicted "vault_count is declared" */
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

/* trap: lin-annotation-contradicted caller-unknown */
void vault_put(struct vault *v)
{
	spin_lock(&v->lock);
	vault_count(v); /* ok: lin-annotation-contradicted */
	spin_unlock(&v->lock);
	vault_count(v); /* expect: lin-annotation-contradicted "vault_count" */
	vault_check(v); /* expect: lin-annotation-contradicted "vault_check" */
	mutex_lock(&v->mutex);
	vault_empty(v); /* ok: lin-annotation-contradicted */
	mutex_unlock(&v->mutex);
	vault_empty(v); /* expect: lin-annotation-contradicted "" */
}

/* Whoever takes it needs no caller who holds it: the promise only hides the return that forgets it. */
int vault_poll(struct vault *v, int wanted) __releases(&v->lock)
{
	spin_lock(&v->lock); /* expect: lin-annotation-contradicted "vault_poll" */
	if (wanted < 0)
		return -EINVAL;
	spin_unlock(&v->lock);
	return 0;
}
