/* Flags of the past. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/version.h>

#define PULSE_IRQ 7

struct pulse {
	int beats;
};

static irqreturn_t pulse_handler(int irq, void *data)
{
	struct pulse *p = data;

	if (!p->beats)
		return IRQ_NONE;
	p->beats--;
	return IRQ_HANDLED;
}

/* trap: lin-irq-obsolete-flags version-guard */
int pulse_request(struct pulse *p)
{
	int err;

	err = request_irq(PULSE_IRQ, pulse_handler, IRQF_SHARED | IRQF_DISABLED, "pulse", p); /* expect: lin-irq-obsolete-flags "IRQF_DISABLED" */ /* note: lin-irq-obsolete-flags "the interrupt flag IRQF_DISABLED was" */
	if (err)
		return err;
	p->beats = 1;
	return 0;
}

/* trap: lin-irq-obsolete-flags name-not-value */
int pulse_request_random(struct pulse *p, bool shared)
{
	unsigned long flags = IRQF_SAMPLE_RANDOM; /* expect: lin-irq-obsolete-flags "removed in Linux 3.6" */

	if (shared)
		flags |= IRQF_SHARED;
	return request_irq(PULSE_IRQ, pulse_handler, flags, "pulse", p);
}

int pulse_request_old(struct pulse *p)
{
	return request_irq(PULSE_IRQ, pulse_handler, SA_SHIRQ, "pulse", p); /* expect: lin-irq-obsolete-flags "SA_SHIRQ" */
}
