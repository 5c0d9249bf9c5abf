/* Behind macros that compare unsigned constants when they are compiled. */
#include <linux/bitfield.h>
#include <linux/bits.h>
#include <linux/spinlock.h>

#define DIAL_SPEED GENMASK(7, 0)
#define DIAL_ALL (~0ull)

struct dial {
	spinlock_t lock;
	u32 control;
};

void dial_turn(struct dial *dial, u32 speed)
{
	u32 control = FIELD_PREP(DIAL_SPEED, speed);

	spin_lock(&dial->lock); /* note: lin-lock-double "dial->lock" */
	dial->control = control;
	spin_lock(&dial->lock); /* expect: lin-lock-double "dial->lock" */
}

int dial_reset(struct dial *dial)
{
	u64 all = DIAL_ALL;

	if (all < 255)
		return -EINVAL;
	if (all >> 63 != 1 || all / 2 < 255)
		return -EINVAL;
	spin_lock(&dial->lock); /* note: lin-lock-double "dial->lock" */
	dial->control = 0;
	spin_lock(&dial->lock); /* expect: lin-lock-double "dial->lock" */
	return 0;
}
