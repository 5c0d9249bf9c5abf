/* Unsigned constants decide which way is gone. */
#include <linux/bitfield.h>
#include <linux/bits.h>
#include <linux/spinlock.h>

#define DIAL_ALL (~0ull)

struct dial {
	spinlock_t lock;
	u32 control;
};

/* Never: the greatest number is not below 255. */
void dial_turn(struct dial *dial)
{
	u64 all = DIAL_ALL;

	spin_lock(&dial->lock);
	if (all < 255)
		spin_lock(&dial->lock); /* ok: lin-lock-double */
	dial->control = 0;
	spin_unlock(&dial->lock);
}
