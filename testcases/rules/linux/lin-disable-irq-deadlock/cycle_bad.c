/* The handler reaches the wait in a cycle of calls. */
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct whirl {
	int irq, speed;
};

static void whirl_slow(struct whirl *w);

static void whirl_fast(struct whirl *w)
{
	if (w->speed++ < 10)
		whirl_slow(w);
	else
		disable_hardirq(w->irq); /* expect: lin-disable-irq-deadlock "disable_hardirq" */
}

static void whirl_slow(struct whirl *w)
{
	whirl_fast(w);
}

static irqreturn_t whirl_interrupt(int irq, void *data)
{
	whirl_slow(data);
	return IRQ_HANDLED;
}

int whirl_start(struct whirl *w)
{
	return request_irq(w->irq, whirl_interrupt, 0, "whirl", w);
}
