/* Helpers that return what they found with its lock held, or NULL; a lock behind a macro of the driver. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

struct berth {
	spinlock_t lock;
	struct mutex mutex;
	struct berth *next;
	int id, free;
};

static struct berth *berth_find(struct berth *b, int id)
{
	for (; b; b = b->next) {
		spin_lock(&b->lock);
		if (b->id == id)
			return b; /* ok: lin-lock-held-on-exit */
		spin_unlock(&b->lock);
	}
	return NULL;
}

int berth_take(struct berth *all, int id)
{
	struct berth *b = berth_find(all, id);

	if (!b)
		return -1;
	b->free = 0;
	spin_unlock(&b->lock);
	return 0;
}

static int berth_claim(struct berth *b)
{
	mutex_lock(&b->mutex);
	if (b->free)
		return 1; /* ok: lin-lock-held-on-exit */
	mutex_unlock(&b->mutex);
	return 0;
}

void berth_use(struct berth *b)
{
	if (!berth_claim(b))
		return;
	b->free = 0;
	mutex_unlock(&b->mutex);
}

/* The driver's macro wraps spin_lock_irqsave: the message names the API in place of the lock. */
#define berth_lock(b, flags) spin_lock_irqsave(&(b)->lock, flags)

int berth_leave(struct berth *b)
{
	unsigned long flags;

	berth_lock(b, flags);
	if (b->free)
		return -1; /* expect: lin-lock-held-on-exit "still held" */
	b->free = 1;
	spin_unlock_irqrestore(&b->lock, flags);
	return 0;
}
