/* A pulse counter that loses track of what it has disabled. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>

struct pulse {
	spinlock_t lock;
	spinlock_t table_lock;
	rwlock_t map_lock;
	int irq, dead, count, slots[8];
};

static DEFINE_PER_CPU(int, pulses);

int pulse_take(struct pulse *p)
{
	local_irq_disable(); /* note: lin-irq-bh-imbalance "local interrupts are disabled here" */
	if (p->dead)
		return -ENODEV; /* expect: lin-irq-bh-imbalance "pulse_take returns here with local interrupts" */
	p->count++;
	local_irq_enable();
	return 0;
}

int pulse_set(struct pulse *p, unsigned int slot, int value)
{
	local_bh_disable(); /* note: lin-irq-bh-imbalance "soft interrupts are disabled here" */
	if (slot >= 8)
		return -EINVAL; /* expect: lin-irq-bh-imbalance "soft interrupts" */
	p->slots[slot] = value;
	local_bh_enable();
	return 0;
}

int pulse_local(struct pulse *p)
{
	preempt_disable(); /* note: lin-irq-bh-imbalance "preemption" */
	if (p->dead)
		return -ENODEV; /* expect: lin-irq-bh-imbalance "preemption" */
	__this_cpu_inc(pulses);
	preempt_enable();
	return 0;
}

/* Soft interrupts in the middle of a section with interrupts off. */
void pulse_sum(struct pulse *p)
{
	unsigned long flags;
	int i;

	spin_lock_irqsave(&p->lock, flags); /* note: lin-irq-bh-imbalance "p->lock" */
	spin_lock_bh(&p->table_lock);
	for (i = 0; i < 8; i++)
		p->count += p->slots[i];
	spin_unlock_bh(&p->table_lock); /* expect: lin-irq-bh-imbalance "spin_unlock_bh" */
	spin_unlock_irqrestore(&p->lock, flags);
}

int pulse_read(struct pulse *p)
{
	unsigned long flags;
	int count;

	local_irq_save(flags);
	read_lock_bh(&p->map_lock);
	count = p->count;
	read_unlock_bh(&p->map_lock); /* expect: lin-irq-bh-imbalance "hard interrupts are off here" */
	local_irq_restore(flags);
	return count;
}

static irqreturn_t pulse_interrupt(int irq, void *data)
{
	struct pulse *p = data;

	spin_lock_bh(&p->table_lock);
	p->count++;
	spin_unlock_bh(&p->table_lock); /* expect: lin-irq-bh-imbalance "spin_unlock_bh" */
	return IRQ_HANDLED;
}

int pulse_start(struct pulse *p)
{
	return request_irq(p->irq, pulse_interrupt, 0, "pulse", p);
}

/* trap: lin-irq-bh-imbalance nested-saves
 * The inner pair is whole, the outer one is not. */
int pulse_nested(struct pulse *p)
{
	unsigned long flags, inner;

	local_irq_save(flags);
	local_irq_save(inner);
	p->count++;
	local_irq_restore(inner);
	if (p->dead)
		return -ENODEV; /* expect: lin-irq-bh-imbalance "local interrupts" */
	local_irq_restore(flags);
	return 0;
}

/* trap: lin-irq-bh-imbalance lock-helper
 * One of its errors comes back with interrupts off, the other without: no caller can tell. */
static int pulse_unlock_keep(struct pulse *p, int slot)
{
	local_irq_disable();
	spin_lock(&p->lock);
	if (slot >= 8) {
		spin_unlock(&p->lock);
		return -EINVAL; /* expect: lin-irq-bh-imbalance "pulse_unlock_keep" */
	}
	p->slots[slot]++;
	spin_unlock(&p->lock);
	local_irq_enable();
	return p->dead ? -ENODEV : 0;
}

int pulse_slot(struct pulse *p, int slot)
{
	return pulse_unlock_keep(p, slot);
}

/* trap: lin-irq-bh-imbalance kept-off-for-callback
 * The counterpart enables what this one leaves off, but this one enables it itself on its other path. */
int pulse_sched_in(struct pulse *p)
{
	preempt_disable();
	if (p->dead)
		return -ENODEV; /* expect: lin-irq-bh-imbalance "preemption" */
	p->count++;
	preempt_enable();
	return 0;
}
