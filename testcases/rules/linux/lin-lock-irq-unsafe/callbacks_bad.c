/* Callbacks of subsystems that come with interrupts on. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/serial_core.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_host.h>

struct press {
	struct Scsi_Host *host;
	spinlock_t lock;
	int count;
};

static irqreturn_t press_interrupt(int irq, void *data)
{
	struct press *press = data;

	spin_lock(&press->lock);
	press->count++;
	spin_unlock(&press->lock);
	spin_lock(press->host->host_lock);
	press->count = 0;
	spin_unlock(press->host->host_lock);
	return IRQ_HANDLED;
}

int press_start(struct press *press, int irq)
{
	return request_irq(irq, press_interrupt, 0, "press", press);
}

/* The lock is found by a long way, and what it lies in was given away meanwhile. */
static int press_host_reset(struct scsi_cmnd *cmd)
{
	struct press *press = shost_priv(cmd->device->host);

	dev_info(&cmd->device->sdev_gendev, "reset\n");
	spin_lock(press->host->host_lock); /* expect: lin-lock-irq-unsafe "press->host->host_lock" */
	press->count = 0;
	spin_unlock(press->host->host_lock);
	return SUCCESS;
}

struct scsi_host_template press_template = {
	.module = THIS_MODULE,
	.name = "press",
	.eh_host_reset_handler = press_host_reset,
};

static int __maybe_unused press_suspend(struct device *dev)
{
	return 0;
}

static int __maybe_unused press_resume(struct device *dev)
{
	struct press *press = dev_get_drvdata(dev);

	spin_lock(&press->lock); /* expect: lin-lock-irq-unsafe "press->lock" */
	press->count = 0;
	spin_unlock(&press->lock);
	return 0;
}

/* The table holds `condition ? press_resume : NULL`. */
SIMPLE_DEV_PM_OPS(press_pm_ops, press_suspend, press_resume);

static irqreturn_t ink_interrupt(int irq, void *data)
{
	struct uart_port *port = data;

	spin_lock(&port->lock);
	port->icount.rx++;
	spin_unlock(&port->lock);
	return IRQ_HANDLED;
}

static int ink_startup(struct uart_port *port)
{
	return request_irq(port->irq, ink_interrupt, 0, "ink", port);
}

static void ink_set_termios(struct uart_port *port, struct ktermios *termios, const struct ktermios *old)
{
	spin_lock(&port->lock); /* expect: lin-lock-irq-unsafe "port->lock" */
	uart_update_timeout(port, termios->c_cflag, 9600);
	spin_unlock(&port->lock);
}

static void ink_shutdown(struct uart_port *port)
{
	spin_lock(&port->lock); /* expect: lin-lock-irq-unsafe "port->lock" */
	port->icount.rx = 0;
	spin_unlock(&port->lock);
	free_irq(port->irq, port);
}

const struct uart_ops ink_ops = {
	.startup = ink_startup,
	.shutdown = ink_shutdown,
	.set_termios = ink_set_termios,
};
