/* A lock that this path holds itself is not had a second time: behind the try there is no way on. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/spinlock.h>

struct turnstile {
	spinlock_t lock;
	int passed;
};

int turnstile_push(struct turnstile *t)
{
	int tries = 0;

again:
	if (!spin_trylock(&t->lock))
		return -EBUSY; /* expect: lin-lock-held-on-exit "t->lock" */
	t->passed++;
	if (tries++ < 1)
		goto again;
	msleep(1); /* ok: lin-sleep-in-atomic */
	return 0;
}
