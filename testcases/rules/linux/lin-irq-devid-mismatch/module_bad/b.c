#include "belt.h"

static int belt_users;

void belt_stop(void)
{
	belt_users = 0;
	free_irq(BELT_IRQ, &belt_users); /* expect: lin-irq-devid-mismatch "free_irq" */
}
