/* The callback uses the plain form, its caller has interrupts off. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct bell {
	spinlock_t lock;
	spinlock_t inner;
	void (*ring)(struct bell *b);
	int rings;
};

static void bell_ring(struct bell *b)
{
	spin_lock_irq(&b->inner);
	b->rings++;
	spin_unlock_irq(&b->inner);
}

void bell_init(struct bell *b)
{
	b->ring = bell_ring;
}

void bell_press(struct bell *b)
{
	unsigned long flags;

	spin_lock_irqsave(&b->lock, flags);
	b->ring(b); /* expect: lin-lock-irq-in-irqoff "b->lock" */
	spin_unlock_irqrestore(&b->lock, flags);
}
