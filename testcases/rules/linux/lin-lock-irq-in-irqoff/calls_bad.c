/* The plain form is in a helper, called with interrupts off. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct crane {
	spinlock_t lock;
	spinlock_t log_lock;
	int irq, position, logged;
};

static void crane_log(struct crane *c)
{
	spin_lock_irq(&c->log_lock);
	c->logged = c->position;
	spin_unlock_irq(&c->log_lock);
}

void crane_move(struct crane *c, int position)
{
	unsigned long flags;

	spin_lock_irqsave(&c->lock, flags);
	c->position = position;
	crane_log(c); /* expect: lin-lock-irq-in-irqoff "c->lock" */
	spin_unlock_irqrestore(&c->lock, flags);
}

/* From the handler: said where the form is. */
static void crane_stop(struct crane *c)
{
	local_irq_disable(); /* expect: lin-lock-irq-in-irqoff "local_irq_disable" */
	c->position = 0;
	local_irq_enable();
}

static irqreturn_t crane_interrupt(int irq, void *data)
{
	crane_stop(data);
	return IRQ_HANDLED;
}

int crane_start(struct crane *c)
{
	return request_irq(c->irq, crane_interrupt, 0, "crane", c);
}
