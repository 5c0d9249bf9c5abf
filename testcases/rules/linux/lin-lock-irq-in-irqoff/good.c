/* The forms that suit sections with interrupts off. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct mixer {
	spinlock_t lock;
	spinlock_t inner;
	rwlock_t map;
	int irq, level;
};

void mixer_set(struct mixer *m, int level)
{
	unsigned long flags;

	spin_lock_irqsave(&m->lock, flags);
	spin_lock(&m->inner); /* ok: lin-lock-irq-in-irqoff */
	m->level = level;
	spin_unlock(&m->inner);
	spin_unlock_irqrestore(&m->lock, flags);
}

int mixer_get(struct mixer *m)
{
	unsigned long flags;
	int level;

	local_irq_save(flags);
	read_lock(&m->map); /* ok: lin-lock-irq-in-irqoff */
	level = m->level;
	read_unlock(&m->map);
	local_irq_restore(flags);
	return level;
}

static irqreturn_t mixer_interrupt(int irq, void *data)
{
	struct mixer *m = data;
	unsigned long flags;

	spin_lock_irqsave(&m->lock, flags); /* ok: lin-lock-irq-in-irqoff */
	m->level++;
	spin_unlock_irqrestore(&m->lock, flags);
	return IRQ_HANDLED;
}

int mixer_start(struct mixer *m)
{
	return request_irq(m->irq, mixer_interrupt, 0, "mixer", m);
}

/* Trap: interrupts are on again before the second lock. */
/* trap: lin-lock-irq-in-irqoff on-again */
void mixer_swap(struct mixer *m)
{
	spin_lock_irq(&m->lock);
	m->level = 0;
	spin_unlock_irq(&m->lock);
	spin_lock_irq(&m->inner); /* ok: lin-lock-irq-in-irqoff */
	m->level = 1;
	spin_unlock_irq(&m->inner);
}

/* Trap: only soft interrupts are off. */
/* trap: lin-lock-irq-in-irqoff soft-only */
void mixer_mute(struct mixer *m)
{
	spin_lock_bh(&m->lock);
	spin_lock_irq(&m->inner); /* ok: lin-lock-irq-in-irqoff */
	m->level = 0;
	spin_unlock_irq(&m->inner);
	spin_unlock_bh(&m->lock);
}

/* Trap: nobody with interrupts off is seen to call it. */
/* trap: lin-lock-irq-in-irqoff callers-unknown */
void mixer_tune(struct mixer *m)
{
	spin_lock_irq(&m->inner); /* ok: lin-lock-irq-in-irqoff */
	m->level++;
	spin_unlock_irq(&m->inner);
}
