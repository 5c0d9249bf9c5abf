#include <linux/io.h>
#include "card.h"

irqreturn_t card_interrupt(int irq, void *data)
{
	struct card *c = data;

	c->count++;
	return IRQ_HANDLED; /* expect: lin-irq-handler-return "card_interrupt" */
}
