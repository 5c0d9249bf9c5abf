/* The helpers are given the same cookie. */
#include <linux/fs.h>
#include <linux/interrupt.h>

#define KNOB_IRQ 11

static int knob_turns, knob_users;

static irqreturn_t knob_interrupt(int irq, void *data)
{
	knob_turns++;
	return IRQ_HANDLED;
}

static int knob_request(void *cookie)
{
	return request_irq(KNOB_IRQ, knob_interrupt, 0, "knob", cookie);
}

static void knob_free(void *cookie)
{
	free_irq(KNOB_IRQ, cookie); /* ok: lin-irq-devid-mismatch */
}

int knob_start(void)
{
	return knob_request(&knob_turns);
}

void knob_stop(void)
{
	knob_free(&knob_turns);
}
