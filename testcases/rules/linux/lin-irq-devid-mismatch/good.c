/* Freed with the same cookie. */
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
	return request_irq(DIAL_IRQ, dial_interrupt, IRQF_TRIGGER_RISING, "dial", &dial_left);
}

void dial_stop(void)
{
	free_irq(DIAL_IRQ, &dial_left); /* ok: lin-irq-devid-mismatch */
}

int dial_attach(struct dial *d)
{
	return request_threaded_irq(DIAL_IRQ + 1, NULL, dial_interrupt, IRQF_ONESHOT, "dial", &dial_right);
}

/* trap: lin-irq-devid-mismatch other-name */
void dial_detach(struct dial *d)
{
	/* Trap: the same value by another name. */
	struct dial *cookie = &dial_right;

	free_irq(DIAL_IRQ + 1, cookie); /* ok: lin-irq-devid-mismatch */
}

/* Trap: the first member has its record's address. */
int dial_begin(struct dial *d)
{
	return request_irq(d->irq + 1, dial_interrupt, 0, "dial", d);
}

/* trap: lin-irq-devid-mismatch first-member */
void dial_end(struct dial *d)
{
	free_irq(d->irq + 1, &d->value); /* ok: lin-irq-devid-mismatch */
}

/* Trap: kept in a field. */
int dial_open(struct dial *d)
{
	d->self = d;
	return request_irq(d->irq + 2, dial_interrupt, 0, "dial", d);
}

/* trap: lin-irq-devid-mismatch kept-in-field */
void dial_close(struct dial *d)
{
	free_irq(d->irq + 2, d->self); /* ok: lin-irq-devid-mismatch */
}

int dial_file_open(struct inode *inode, struct file *file)
{
	struct dial *d = &dial_right;

	file->private_data = d;
	return request_irq(DIAL_IRQ + 3, dial_interrupt, 0, "dial", d);
}

/* trap: lin-irq-devid-mismatch file-private */
int dial_file_release(struct inode *inode, struct file *file)
{
	free_irq(DIAL_IRQ + 3, file->private_data); /* ok: lin-irq-devid-mismatch */
	return 0;
}
