#include "belt.h"

int belt_state;

static irqreturn_t belt_interrupt(int irq, void *data)
{
	belt_state++;
	return IRQ_HANDLED;
}

int belt_start(void)
{
	return request_irq(BELT_IRQ, belt_interrupt, 0, "belt", &belt_state);
}
