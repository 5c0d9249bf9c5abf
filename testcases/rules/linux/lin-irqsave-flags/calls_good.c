/* Each helper has its own. */
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
	spin_lock_irqsave(&w->inner, inner); /* ok: lin-irqsave-flags */
	w->turns++;
	spin_unlock_irqrestore(&w->inner, inner);
	wheel_unlock(w, &flags);
}

/* Trap: handed from one helper to the other. */
void wheel_stop(struct wheel *w)
{
	unsigned long flags;

	wheel_lock(w, &flags);
	w->turns = 0;
	wheel_unlock(w, &flags); /* ok: lin-irqsave-flags */
}
