/* Cookies where the line is shared, and lines that are not. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/interrupt.h>

#define TAP_IRQ_FLAGS (IRQF_TRIGGER_RISING | IRQF_NO_SUSPEND)

struct tap {
	int irq, events;
};

static struct tap tap;

static irqreturn_t tap_handler(int irq, void *data)
{
	struct tap *t = data ? data : &tap;

	if (!t->events)
		return IRQ_NONE;
	t->events--;
	return IRQ_HANDLED;
}

int tap_request(struct tap *t, int irq)
{
	return request_irq(irq, tap_handler, IRQF_SHARED, "tap", t);
}

/* A line of its own needs no cookie. */
int tap_request_alone(int irq)
{
	return request_irq(irq, tap_handler, 0, "tap", NULL);
}

/* trap: lin-irq-shared-null-devid board-macro */
int tap_request_board(int irq)
{
	return request_irq(irq, tap_handler, TAP_IRQ_FLAGS, "tap", NULL);
}

/* trap: lin-irq-shared-null-devid values-in-variables */
int tap_request_for(int irq, unsigned long flags, void *cookie)
{
	int err = request_irq(irq, tap_handler, flags, "tap", NULL);

	if (err)
		return err;
	err = request_irq(irq + 1, tap_handler, IRQF_SHARED, "tap", cookie);
	if (err)
		free_irq(irq, NULL);
	return err;
}

int tap_request_either(int irq, bool alone)
{
	void *cookie = alone ? NULL : &tap;

	return request_irq(irq, tap_handler, alone ? 0 : IRQF_SHARED, "tap", cookie);
}
