/* Flags of today. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 1, 0)
#define PULSE_FLAGS (IRQF_SHARED | IRQF_DISABLED)
#else
#define PULSE_FLAGS IRQF_SHARED
#endif

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
int pulse_request(struct pulse *p, int irq)
{
#if LINUX_VERSION_CODE < KERNEL_VERSION(3, 6, 0)
	return request_irq(irq, pulse_handler, IRQF_SAMPLE_RANDOM, "pulse", p);
#else
	return request_irq(irq, pulse_handler, PULSE_FLAGS, "pulse", p);
#endif
}

#define PULSE_SLOW 0x00000020 /* as IRQF_DISABLED was */

/* trap: lin-irq-obsolete-flags name-not-value */
int pulse_request_slow(struct pulse *p, int irq)
{
	p->beats = PULSE_SLOW | 0x40;
	return request_irq(irq, pulse_handler, IRQF_SHARED, "pulse", p);
}
