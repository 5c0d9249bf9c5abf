/* Locks of interrupt handlers, taken elsewhere with interrupts on. */
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/serial_core.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct uart {
	spinlock_t lock;
	rwlock_t map;
	spinlock_t config;
	struct timer_list timer;
	int irq, head, mode;
};

static irqreturn_t uart_interrupt(int irq, void *data)
{
	struct uart *u = data;

	spin_lock(&u->lock); /* note: lin-lock-irq-unsafe "u->lock" */
	u->head++;
	spin_unlock(&u->lock);
	read_lock(&u->map);
	u->head += u->mode;
	read_unlock(&u->map);
	return IRQ_HANDLED;
}

/* trap: lin-lock-irq-unsafe off-already */
/* trap: lin-lock-irq-unsafe other-type */
static ssize_t uart_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	struct uart *u = file->private_data;

	spin_lock(&u->lock); /* expect: lin-lock-irq-unsafe "u->lock" */
	u->head = 0;
	spin_unlock(&u->lock);
	return 0;
}

/* trap: lin-lock-irq-unsafe threaded-handler */
static void uart_timer(struct timer_list *t)
{
	struct uart *u = from_timer(u, t, timer);

	write_lock_bh(&u->map); /* expect: lin-lock-irq-unsafe "u->map" */
	u->mode ^= 1;
	write_unlock_bh(&u->map);
}

const struct file_operations uart_fops = { .read = uart_read };

int uart_start(struct uart *u)
{
	timer_setup(&u->timer, uart_timer, 0);
	return request_irq(u->irq, uart_interrupt, 0, "uart", u);
}
