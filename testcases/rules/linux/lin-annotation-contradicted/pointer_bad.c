/* The function with the demand is behind a pointer. */
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
	spin_unlock(&s->lock);
	s->turn(s); /* expect: lin-annotation-contradicted "" */
}
