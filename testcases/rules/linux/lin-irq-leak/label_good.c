/* The function takes the interrupt anew at its end, as it had it before: the first call of it frees nothing. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/slab.h>

struct modem {
	void __iomem *regs;
	int irq;
};

static irqreturn_t modem_interrupt(int irq, void *data)
{
	struct modem *m = data;

	return readl(m->regs) ? IRQ_HANDLED : IRQ_NONE;
}

int modem_switch(struct modem *m, int irq)
{
	int err, old = m->irq;

	if (irq == old)
		return 0;
	free_irq(old, m);
	err = request_irq(irq, modem_interrupt, 0, "modem", m);
	if (err)
		return err;
	m->irq = irq;
	return readl(m->regs) == 0x5a ? 0 : -EIO;
}
