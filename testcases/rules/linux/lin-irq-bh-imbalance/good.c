/* Each disabling is undone, here or where the contract says. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>

struct pulse {
	spinlock_t lock;
	spinlock_t table_lock;
	int irq, dead, count, slots[8];
};

int pulse_take(struct pulse *p)
{
	local_irq_disable();
	if (p->dead) {
		local_irq_enable();
		return -ENODEV;
	}
	p->count++;
	local_irq_enable();
	return 0;
}

int pulse_set(struct pulse *p, unsigned int slot, int value)
{
	int err = -EINVAL;

	local_bh_disable();
	if (slot >= 8)
		goto out;
	p->slots[slot] = value;
	err = 0;
out:
	local_bh_enable();
	return err;
}

/* The inner lock is taken by the plain form, and released before interrupts are on again. */
void pulse_sum(struct pulse *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->lock, flags);
	spin_lock(&p->table_lock);
	p->count += p->slots[0];
	spin_unlock(&p->table_lock);
	spin_unlock_irqrestore(&p->lock, flags);
	spin_lock_bh(&p->table_lock);
	p->slots[0] = 0;
	spin_unlock_bh(&p->table_lock);
}

/* Hard interrupts may be switched off and on inside a section without soft ones. */
void pulse_clear(struct pulse *p)
{
	local_bh_disable();
	spin_lock_irq(&p->lock);
	p->count = 0;
	spin_unlock_irq(&p->lock);
	local_bh_enable();
}

/* trap: lin-irq-bh-imbalance nested-saves */
int pulse_nested(struct pulse *p)
{
	unsigned long flags, inner;

	local_irq_save(flags);
	local_irq_save(inner);
	p->count++;
	local_irq_restore(inner);
	p->slots[0] = p->count;
	local_irq_restore(flags);
	return 0;
}

/* trap: lin-irq-bh-imbalance lock-helper */
static void pulse_unlock_irqs_off(struct pulse *p)
{
	p->count++;
	spin_unlock(&p->lock);
}

int pulse_bump(struct pulse *p)
{
	spin_lock_irq(&p->lock);
	pulse_unlock_irqs_off(p);
	p->slots[1]++;
	local_irq_enable();
	return 0;
}

/* trap: lin-irq-bh-imbalance kept-off-for-callback */
static int pulse_enter(struct pulse *p)
{
	preempt_disable();
	p->slots[2]++;
	return 0;
}

static void pulse_leave(struct pulse *p)
{
	p->slots[2]--;
	preempt_enable();
}

struct pulse_ops {
	int (*enter)(struct pulse *p);
	void (*leave)(struct pulse *p);
};

const struct pulse_ops pulse_ops = {
	.enter = pulse_enter,
	.leave = pulse_leave,
};
