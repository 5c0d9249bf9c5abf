/* Saved interrupt flags that are overwritten, mixed up or shared. */
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct pump {
	spinlock_t lock;
	spinlock_t queue;
	rwlock_t map;
	int level;
};

static unsigned long pump_flags;

/* The inner lock saves "interrupts are off" over what the outer one saved. */
/* trap: lin-irqsave-flags sequential */
void pump_move(struct pump *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags); /* note: lin-irqsave-flags "p->lock" */
	spin_lock_irqsave(&p->queue, flags); /* expect: lin-irqsave-flags "flags" */
	p->level++;
	spin_unlock_irqrestore(&p->queue, flags);
	spin_unlock_irqrestore(&p->lock, flags);
}

/* Restored crosswise. */
void pump_cross(struct pump *p)
{
	unsigned long outer, inner;

	spin_lock_irqsave(&p->lock, outer);
	spin_lock_irqsave(&p->queue, inner);
	p->level--;
	spin_unlock_irqrestore(&p->queue, outer); /* expect: lin-irqsave-flags "outer" */
	spin_unlock_irqrestore(&p->lock, inner); /* expect: lin-irqsave-flags "inner" */
}

/* Another cpu that runs this function writes the same variable. */
/* trap: lin-irqsave-flags kept-in-struct */
void pump_global(struct pump *p)
{
	spin_lock_irqsave(&p->lock, pump_flags); /* expect: lin-irqsave-flags "other cpus" */
	p->level = 0;
	spin_unlock_irqrestore(&p->lock, pump_flags);
}

/* trap: lin-irqsave-flags macro-temporary */
void pump_static(struct pump *p, int level)
{
	static unsigned long flags;

	if (level > 0) {
		write_lock_irqsave(&p->map, flags); /* expect: lin-irqsave-flags "other cpus" */
		p->level = level;
		write_unlock_irqrestore(&p->map, flags);
	}
}

/* Restored from a variable that nothing saved to. */
/* trap: lin-irqsave-flags by-pointer */
void pump_wrong(struct pump *p)
{
	unsigned long flags, saved;

	spin_lock_irqsave(&p->lock, flags); /* note: lin-irqsave-flags "p->lock" */
	p->level++;
	spin_unlock_irqrestore(&p->lock, saved); /* expect: lin-irqsave-flags "saved" */
}

/* The inner lock is taken only sometimes. */
void pump_sometimes(struct pump *p, bool both)
{
	unsigned long flags;

	read_lock_irqsave(&p->map, flags); /* note: lin-irqsave-flags "p->map" */
	if (both) {
		spin_lock_irqsave(&p->queue, flags); /* expect: lin-irqsave-flags "flags" */
		p->level++;
		spin_unlock_irqrestore(&p->queue, flags);
	}
	read_unlock_irqrestore(&p->map, flags);
}
