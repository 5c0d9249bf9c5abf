/* The callback restores what it found. */
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
	unsigned long flags;

	spin_lock_irqsave(&b->inner, flags);
	b->rings++;
	spin_unlock_irqrestore(&b->inner, flags);
}

void bell_init(struct bell *b)
{
	b->ring = bell_ring;
}

void bell_press(struct bell *b)
{
	unsigned long flags;

	spin_lock_irqsave(&b->lock, flags);
	b->ring(b); /* ok: lin-lock-irq-in-irqoff */
	spin_unlock_irqrestore(&b->lock, flags);
}
