/* The allocating callback is called with interrupts off. */
#include <linux/irqflags.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct port {
	int (*grow)(struct port *p);
	char *buf;
	int size;
};

static int port_grow(struct port *p)
{
	char *buf = krealloc(p->buf, p->size * 2, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	p->buf = buf;
	p->size *= 2;
	return 0;
}

void port_init(struct port *p)
{
	p->grow = port_grow;
}

int port_put(struct port *p, char c, int at)
{
	unsigned long flags;
	int err = 0;

	local_irq_save(flags);
	if (at >= p->size)
		err = p->grow(p); /* expect: lin-gfp-atomic "" */
	if (!err)
		p->buf[at] = c;
	local_irq_restore(flags);
	return err;
}
