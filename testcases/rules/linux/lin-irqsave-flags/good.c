/* One local variable for each nesting level. */
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct pump {
	spinlock_t lock;
	spinlock_t queue;
	rwlock_t map;
	unsigned long saved;
	int level;
};

void pump_move(struct pump *p)
{
	unsigned long flags, inner;

	spin_lock_irqsave(&p->lock, flags);
	spin_lock_irqsave(&p->queue, inner); /* ok: lin-irqsave-flags */
	p->level++;
	spin_unlock_irqrestore(&p->queue, inner);
	spin_unlock_irqrestore(&p->lock, flags); /* ok: lin-irqsave-flags */
}

/* The inner lock needs no flags of its own: interrupts are off already. */
void pump_plain(struct pump *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	spin_lock(&p->queue); /* ok: lin-irqsave-flags */
	p->level--;
	spin_unlock(&p->queue);
	spin_unlock_irqrestore(&p->lock, flags);
}

/* Trap: one after the other, not nested. */
/* trap: lin-irqsave-flags sequential */
void pump_twice(struct pump *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	p->level = 0;
	spin_unlock_irqrestore(&p->lock, flags);
	spin_lock_irqsave(&p->queue, flags); /* ok: lin-irqsave-flags */
	p->level = 1;
	spin_unlock_irqrestore(&p->queue, flags); /* ok: lin-irqsave-flags */
}

/* Trap: kept in the structure that the lock protects. */
/* trap: lin-irqsave-flags kept-in-struct */
void pump_begin(struct pump *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	p->saved = flags; /* ok: lin-irqsave-flags */
}

void pump_end(struct pump *p)
{
	spin_unlock_irqrestore(&p->lock, p->saved); /* ok: lin-irqsave-flags */
}

/* Trap: passed by pointer to a pair of helpers. */
/* trap: lin-irqsave-flags by-pointer */
static void pump_lock(struct pump *p, unsigned long *flags)
{
	spin_lock_irqsave(&p->queue, *flags); /* ok: lin-irqsave-flags */
}

static void pump_unlock(struct pump *p, unsigned long *flags)
{
	spin_unlock_irqrestore(&p->queue, *flags); /* ok: lin-irqsave-flags */
}

void pump_with_helpers(struct pump *p)
{
	unsigned long flags;

	pump_lock(p, &flags);
	p->level++;
	pump_unlock(p, &flags);
}

/* Trap: a macro's own temporary. */
#define pump_update(p, value)                                  \
	do {                                                   \
		unsigned long __flags;                         \
		spin_lock_irqsave(&(p)->lock, __flags);        \
		(p)->level = (value);                          \
		spin_unlock_irqrestore(&(p)->lock, __flags);   \
	} while (0)

/* trap: lin-irqsave-flags macro-temporary */
void pump_macro(struct pump *p)
{
	pump_update(p, 1);
	pump_update(p, 2); /* ok: lin-irqsave-flags */
}

/* Trap: released and taken again with the same flags inside a loop. */
void pump_breathe(struct pump *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	while (p->level > 0) {
		p->level--;
		spin_unlock_irqrestore(&p->lock, flags);
		cpu_relax();
		spin_lock_irqsave(&p->lock, flags); /* ok: lin-irqsave-flags */
	}
	spin_unlock_irqrestore(&p->lock, flags);
}
