/* What is behind the pointer asks the device. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>

struct chip;

struct chip_ops {
	irqreturn_t (*handle)(struct chip *c);
};

struct chip {
	const struct chip_ops *ops;
	void __iomem *base;
	int irq, count;
};

static irqreturn_t chip_handle(struct chip *c)
{
	if (!readl(c->base))
		return IRQ_NONE;
	c->count++;
	return IRQ_HANDLED;
}

static const struct chip_ops chip_ops = { .handle = chip_handle };

static irqreturn_t chip_interrupt(int irq, void *data)
{
	struct chip *c = data;

	return c->ops->handle(c); /* ok: lin-irq-handler-return */
}

int chip_start(struct chip *c)
{
	c->ops = &chip_ops;
	return request_irq(c->irq, chip_interrupt, IRQF_SHARED, "chip", c);
}
