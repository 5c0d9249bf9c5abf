/* Every way jumps past the label that frees the interrupt: that free is dead code, and no other call of it. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/slab.h>

struct modem {
	void __iomem *regs;
	int irq;
	u8 *log;
};

static irqreturn_t modem_interrupt(int irq, void *data)
{
	struct modem *m = data;

	return readl(m->regs) ? IRQ_HANDLED : IRQ_NONE;
}

static int modem_selftest(struct modem *m)
{
	return readl(m->regs) == 0x5a ? 0 : -EIO;
}

static int modem_startup(struct modem *m)
{
	int err;

	m->log = kzalloc(512, GFP_KERNEL);
	if (!m->log)
		return -ENOMEM;
	err = request_irq(m->irq, modem_interrupt, IRQF_SHARED, "modem", m);
	if (err)
		goto free_log;
	err = modem_selftest(m);
	if (err)
		goto free_log;
	return 0;

	free_irq(m->irq, m);
free_log:
	kfree(m->log);
	m->log = NULL;
	return err; /* expect: lin-irq-leak "modem_startup fails here without freeing the interrupt line" */
}

static void modem_shutdown(struct modem *m)
{
	free_irq(m->irq, m);
	kfree(m->log);
}

int modem_open(struct modem *m)
{
	return modem_startup(m);
}

void modem_close(struct modem *m)
{
	modem_shutdown(m);
}
