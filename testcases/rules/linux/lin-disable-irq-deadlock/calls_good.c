/* The helper does not wait. */
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct pedal {
	int irq, presses;
};

static void pedal_mask(struct pedal *p)
{
	disable_irq_nosync(p->irq); /* ok: lin-disable-irq-deadlock */
}

static irqreturn_t pedal_interrupt(int irq, void *data)
{
	struct pedal *p = data;

	if (++p->presses > 100)
		pedal_mask(p);
	return IRQ_HANDLED;
}

int pedal_start(struct pedal *p)
{
	return request_irq(p->irq, pedal_interrupt, 0, "pedal", p);
}
