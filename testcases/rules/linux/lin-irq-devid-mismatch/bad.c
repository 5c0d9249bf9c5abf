/* Freed with another cookie than it was requested with. */
#include <linux/fs.h>
#include <linux/interrupt.h>

#define DIAL_IRQ 9

struct dial {
	int value;
	int irq;
	struct dial *self;
};

static struct dial dial_left, dial_right;

static irqreturn_t dial_interrupt(int irq, void *data)
{
	struct dial *d = data;

	d->value++;
	return IRQ_HANDLED;
}

int dial_start(void)
{
	return request_irq(DIAL_IRQ, dial_interrupt, IRQF_TRIGGER_RISING, "dial", &dial_left); /* note: lin-irq-devid-mismatch "request_irq gets &dial_left here" */
}

/* trap: lin-irq-devid-mismatch first-member */
/* trap: lin-irq-devid-mismatch kept-in-field */
/* trap: lin-irq-devid-mismatch file-private */
void dial_stop(void)
{
	free_irq(DIAL_IRQ, NULL); /* expect: lin-irq-devid-mismatch "free_irq" */
}

int dial_attach(struct dial *d)
{
	return request_threaded_irq(DIAL_IRQ + 1, NULL, dial_interrupt, IRQF_ONESHOT, "dial", &dial_right);
}

/* trap: lin-irq-devid-mismatch other-name */
void dial_detach(struct dial *d)
{
	free_irq(DIAL_IRQ + 1, &dial_left); /* expect: lin-irq-devid-mismatch "free_irq" */
}
