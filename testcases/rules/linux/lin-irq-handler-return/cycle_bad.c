/* The result comes out of a cycle of calls that never says no. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>

struct chain {
	struct chain *next;
	int irq, pending;
};

static irqreturn_t chain_next(struct chain *c);

static irqreturn_t chain_ask(struct chain *c)
{
	if (c->pending) {
		c->pending = 0;
		return IRQ_HANDLED;
	}
	return chain_next(c->next);
}

static irqreturn_t chain_next(struct chain *c)
{
	return c ? chain_ask(c) : IRQ_HANDLED;
}

static irqreturn_t chain_interrupt(int irq, void *data)
{
	return chain_next(data); /* expect: lin-irq-handler-return "chain_interrupt" */
}

int chain_start(struct chain *c)
{
	return request_irq(c->irq, chain_interrupt, IRQF_SHARED, "chain", c);
}
