#include <linux/io.h>
#include "card.h"

irqreturn_t card_interrupt(int irq, void *data)
{
	struct card *c = data;

	if (!readb(c->base))
		return IRQ_NONE;
	c->count++;
	return IRQ_HANDLED; /* ok: lin-irq-handler-return */
}
