/* The plain irq forms inside sections with interrupts off. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct mixer {
	spinlock_t lock;
	spinlock_t inner;
	rwlock_t map;
	int irq, level;
};

/* trap: lin-lock-irq-in-irqoff on-again */
void mixer_set(struct mixer *m, int level)
{
	unsigned long flags;

	spin_lock_irqsave(&m->lock, flags);
	spin_lock_irq(&m->inner); /* expect: lin-lock-irq-in-irqoff "spin_lock_irq" */
	m->level = level;
	spin_unlock_irq(&m->inner);
	spin_unlock_irqrestore(&m->lock, flags);
}

/* trap: lin-lock-irq-in-irqoff soft-only */
int mixer_get(struct mixer *m)
{
	unsigned long flags;
	int level;

	local_irq_save(flags);
	read_lock_irq(&m->map); /* expect: lin-lock-irq-in-irqoff "read_lock_irq" */
	level = m->level;
	read_unlock_irq(&m->map);
	local_irq_restore(flags);
	return level;
}

/* trap: lin-lock-irq-in-irqoff callers-unknown */
static irqreturn_t mixer_interrupt(int irq, void *data)
{
	struct mixer *m = data;

	spin_lock_irq(&m->lock); /* expect: lin-lock-irq-in-irqoff "spin_lock_irq" */
	m->level++;
	spin_unlock_irq(&m->lock);
	return IRQ_HANDLED;
}

int mixer_start(struct mixer *m)
{
	return request_irq(m->irq, mixer_interrupt, 0, "mixer", m); /* note: lin-lock-irq-in-irqoff "`mixer_interrupt` becomes irq-handler here" */
}
