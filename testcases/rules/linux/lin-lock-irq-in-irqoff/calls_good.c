/* The helper saves and restores. */
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
	unsigned long flags;

	spin_lock_irqsave(&c->log_lock, flags);
	c->logged = c->position;
	spin_unlock_irqrestore(&c->log_lock, flags);
}

void crane_move(struct crane *c, int position)
{
	unsigned long flags;

	spin_lock_irqsave(&c->lock, flags);
	c->position = position;
	crane_log(c); /* ok: lin-lock-irq-in-irqoff */
	spin_unlock_irqrestore(&c->lock, flags);
}

static void crane_stop(struct crane *c)
{
	c->position = 0;
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
