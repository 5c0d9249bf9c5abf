/* Requested by a helper, not freed when a later step fails. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/slab.h>

struct port {
	int irq;
	unsigned long base;
};

static irqreturn_t port_interrupt(int irq, void *data)
{
	return IRQ_HANDLED;
}

static int port_request(struct port *p)
{
	return request_irq(p->irq, port_interrupt, 0, "port", p);
}

static void port_undo(struct port *p)
{
	free_irq(p->irq, p);
}

int port_start(struct port *p)
{
	int err = port_request(p); /* note: lin-irq-leak "port_request" */

	if (err)
		return err; /* ok: lin-irq-leak */
	if (!request_region(p->base, 8, "port"))
		return -EBUSY; /* expect: lin-irq-leak "port_start" */
	return 0;
}

void port_stop(struct port *p)
{
	release_region(p->base, 8);
	port_undo(p);
}
