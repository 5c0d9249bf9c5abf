/* Shared lines requested without a cookie. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/interrupt.h>

#define TAP_IRQ_FLAGS (IRQF_SHARED | IRQF_NO_SUSPEND)

struct tap {
	int irq, events;
};

static struct tap tap;

static irqreturn_t tap_handler(int irq, void *data)
{
	if (!tap.events)
		return IRQ_NONE;
	tap.events--;
	return IRQ_HANDLED;
}

int tap_request(int irq)
{
	return request_irq(irq, tap_handler, IRQF_SHARED, "tap", NULL); /* expect: lin-irq-shared-null-devid "request_irq" */ /* note: lin-irq-shared-null-devid "request_irq asks for a shared line with" */
}

/* trap: lin-irq-shared-null-devid board-macro */
int tap_request_board(int irq)
{
	return request_irq(irq, tap_handler, TAP_IRQ_FLAGS, "tap", NULL); /* expect: lin-irq-shared-null-devid "request_irq" */
}

/* trap: lin-irq-shared-null-devid values-in-variables */
int tap_request_by_variables(int irq, unsigned long trigger)
{
	unsigned long flags = IRQF_SHARED;
	void *cookie = NULL;

	flags |= trigger;
	return request_irq(irq, tap_handler, flags, "tap", cookie); /* expect: lin-irq-shared-null-devid "request_irq" */
}

/* Whatever the trigger is, the line is shared. */
int tap_request_trigger(int irq, unsigned long trigger)
{
	return request_threaded_irq(irq, NULL, tap_handler, trigger | IRQF_SHARED | IRQF_ONESHOT, "tap", /* expect: lin-irq-shared-null-devid "request_threaded_irq" */
				    NULL);
}

int tap_request_managed(struct device *dev, int irq)
{
	return devm_request_irq(dev, irq, tap_handler, IRQF_SHARED, "tap", NULL); /* expect: lin-irq-shared-null-devid "devm_request_irq" */
}
