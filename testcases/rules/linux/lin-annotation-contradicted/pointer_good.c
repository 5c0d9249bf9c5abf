/* Called through the pointer with the lock held. */
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct safe {
	spinlock_t lock;
	void (*turn)(struct safe *s);
	int digits;
};

static void safe_turn(struct safe *s)
{
	lockdep_assert_held(&s->lock);
	s->digits++;
}

void safe_init(struct safe *s)
{
	s->turn = safe_turn;
}

void safe_open(struct safe *s)
{
	spin_lock(&s->lock);
	s->digits = 0;
	s->turn(s); /* ok: lin-annotation-contradicted */
	spin_unlock(&s->lock);
}
