#include "card.h"

int card_start(struct card *c)
{
	return request_irq(c->irq, card_interrupt, IRQF_SHARED, "card", c);
}
