/* Freed at the end of a cycle of calls. */
#include <linux/fs.h>
#include <linux/interrupt.h>

#define REEL_IRQ 12

static int reel_state, reel_length;

static irqreturn_t reel_interrupt(int irq, void *data)
{
	reel_state++;
	return IRQ_HANDLED;
}

int reel_start(void)
{
	return request_irq(REEL_IRQ, reel_interrupt, 0, "reel", &reel_state);
}

static void reel_in(int n);

static void reel_out(int n)
{
	if (n > 0)
		reel_in(n - 1);
	else
		free_irq(REEL_IRQ, &reel_length); /* expect: lin-irq-devid-mismatch "free_irq" */
}

static void reel_in(int n)
{
	reel_out(n - 1);
}

void reel_stop(void)
{
	reel_in(reel_length);
}
