/* Both sides take the lock in helpers. */
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/serial_core.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct modem {
	spinlock_t lock;
	int irq, bytes, errors;
};

static void modem_count(struct modem *m)
{
	spin_lock(&m->lock);
	m->bytes++;
	spin_unlock(&m->lock);
}

static irqreturn_t modem_interrupt(int irq, void *data)
{
	modem_count(data);
	return IRQ_HANDLED;
}

static void modem_lock(struct modem *m)
{
	spin_lock(&m->lock); /* expect: lin-lock-irq-unsafe "m->lock" */
}

static void modem_unlock(struct modem *m)
{
	spin_unlock(&m->lock);
}

static int modem_open(struct inode *inode, struct file *file)
{
	struct modem *m = file->private_data;

	modem_lock(m);
	m->errors = 0;
	modem_unlock(m);
	return 0;
}

const struct file_operations modem_fops = { .open = modem_open };

int modem_start(struct modem *m)
{
	return request_irq(m->irq, modem_interrupt, 0, "modem", m);
}
