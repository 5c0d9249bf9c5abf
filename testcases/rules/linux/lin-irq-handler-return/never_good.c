/* A handler that does not return gives no wrong result. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>

static irqreturn_t siren_irq(int irq, void *data)
{
	panic("siren: %d\n", irq);
	return IRQ_HANDLED; /* ok: lin-irq-handler-return */
}

int siren_start(int irq, void *siren)
{
	return request_irq(irq, siren_irq, IRQF_SHARED, "siren", siren);
}
