/* What is behind the pointer does not wait. */
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct latch {
	void (*shut)(struct latch *l);
	int irq, closed;
};

static void latch_shut(struct latch *l)
{
	l->closed = 1;
	disable_irq_nosync(l->irq); /* ok: lin-disable-irq-deadlock */
}

static irqreturn_t latch_interrupt(int irq, void *data)
{
	struct latch *l = data;

	l->shut(l);
	return IRQ_HANDLED;
}

int latch_start(struct latch *l)
{
	l->shut = latch_shut;
	return request_irq(l->irq, latch_interrupt, 0, "latch", l);
}
