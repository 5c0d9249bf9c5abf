/* Callbacks that the kernel calls with interrupts off, or in which none can come. */
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/serial_core.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

static irqreturn_t ink_interrupt(int irq, void *data)
{
	struct uart_port *port = data;

	spin_lock(&port->lock);
	port->icount.rx++;
	spin_unlock(&port->lock);
	return IRQ_HANDLED;
}

/* Before the interrupt is asked for. */
static int ink_startup(struct uart_port *port)
{
	spin_lock(&port->lock); /* ok: lin-lock-irq-unsafe */
	port->icount.rx = 0;
	spin_unlock(&port->lock);
	return request_irq(port->irq, ink_interrupt, 0, "ink", port);
}

/* After it has gone. */
static void ink_shutdown(struct uart_port *port)
{
	free_irq(port->irq, port);
	spin_lock(&port->lock); /* ok: lin-lock-irq-unsafe */
	port->icount.rx = 0;
	spin_unlock(&port->lock);
}

static void ink_set_termios(struct uart_port *port, struct ktermios *termios, const struct ktermios *old)
{
	unsigned long flags;

	spin_lock_irqsave(&port->lock, flags);
	uart_update_timeout(port, termios->c_cflag, 9600);
	spin_unlock_irqrestore(&port->lock, flags);
}

const struct uart_ops ink_ops = {
	.startup = ink_startup,
	.shutdown = ink_shutdown,
	.set_termios = ink_set_termios,
};

static struct uart_port ink_port;

/* The console is written to with interrupts off. */
static void ink_write(struct console *console, const char *text, unsigned int n)
{
	spin_lock(&ink_port.lock); /* ok: lin-lock-irq-unsafe */
	ink_port.icount.tx += n;
	spin_unlock(&ink_port.lock);
}

struct console ink_console = { .name = "ink", .write = ink_write };
