/* Known gap: what earlier rounds of a loop have requested. */
#include <linux/interrupt.h>

struct port {
	int irq;
};

static irqreturn_t port_interrupt(int irq, void *data)
{
	return IRQ_HANDLED;
}

int port_start(struct port *ports, int n)
{
	int i, err;

	for (i = 0; i < n; i++) {
		err = request_irq(ports[i].irq, port_interrupt, 0, "port", &ports[i]);
		if (err)
			return err; /* todo-expect: lin-irq-leak "" */
	}
	return 0;
}
