#include <linux/spinlock.h>
#include "ring.h"

int ring_fetch(struct ring *r, char __user *to, unsigned int n)
{
	int err;

	err = ring_to_user(r, to, n); /* ok: lin-user-atomic */
	spin_lock_irq(&r->lock);
	r->tail += n;
	spin_unlock_irq(&r->lock);
	return err;
}
