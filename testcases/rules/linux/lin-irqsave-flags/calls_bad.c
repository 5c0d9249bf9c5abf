/* Two helpers keep the flags in one place. */
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct wheel {
	spinlock_t lock;
	spinlock_t inner;
	unsigned long flags, inner_flags;
	int turns;
};

static void wheel_lock(struct wheel *w, unsigned long *flags)
{
	spin_lock_irqsave(&w->lock, *flags);
}

static void wheel_unlock(struct wheel *w, unsigned long *flags)
{
	spin_unlock_irqrestore(&w->lock, *flags);
}

void wheel_turn(struct wheel *w)
{
	unsigned long flags, inner = 0;

	wheel_lock(w, &flags);
	spin_lock_irqsave(&w->inner, flags); /* expect: lin-irqsave-flags "flags" */
	w->turns++;
	spin_unlock_irqrestore(&w->inner, flags);
	wheel_unlock(w, &flags);
}
