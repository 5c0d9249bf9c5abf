/* Locks of interrupt handlers, taken elsewhere with interrupts off. */
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

	spin_lock(&u->lock);
	u->head++;
	spin_unlock(&u->lock);
	read_lock(&u->map);
	u->head += u->mode;
	read_unlock(&u->map);
	return IRQ_HANDLED;
}

static ssize_t uart_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	struct uart *u = file->private_data;

	spin_lock_irq(&u->lock); /* ok: lin-lock-irq-unsafe */
	u->head = 0;
	spin_unlock_irq(&u->lock);
	return 0;
}

static void uart_timer(struct timer_list *t)
{
	struct uart *u = from_timer(u, t, timer);
	unsigned long flags;

	write_lock_irqsave(&u->map, flags); /* ok: lin-lock-irq-unsafe */
	u->mode ^= 1;
	write_unlock_irqrestore(&u->map, flags);
}

const struct file_operations uart_fops = { .read = uart_read };

int uart_start(struct uart *u)
{
	timer_setup(&u->timer, uart_timer, 0);
	return request_irq(u->irq, uart_interrupt, 0, "uart", u);
}

/* Trap: the threaded half is no interrupt. */
/* trap: lin-lock-irq-unsafe threaded-handler */
static irqreturn_t uart_thread(int irq, void *data)
{
	struct uart *u = data;

	spin_lock(&u->config); /* ok: lin-lock-irq-unsafe */
	u->mode = 0;
	spin_unlock(&u->config);
	return IRQ_HANDLED;
}

int uart_start_threaded(struct uart *u)
{
	return request_threaded_irq(u->irq, NULL, uart_thread, IRQF_ONESHOT, "uart", u);
}

/* trap: lin-lock-irq-unsafe off-already */
static ssize_t uart_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	struct uart *u = file->private_data;
	unsigned long flags;

	spin_lock(&u->config); /* ok: lin-lock-irq-unsafe */
	u->mode = 1;
	spin_unlock(&u->config);
	/* Trap: interrupts are off already. */
	local_irq_save(flags);
	spin_lock(&u->lock); /* ok: lin-lock-irq-unsafe */
	u->head = 1;
	spin_unlock(&u->lock);
	local_irq_restore(flags);
	/* Trap: readers do not keep a reader out. */
	read_lock(&u->map); /* ok: lin-lock-irq-unsafe */
	n = u->mode;
	read_unlock(&u->map);
	return n;
}

const struct file_operations uart_write_fops = { .write = uart_write };

/* Another record with a field of that name. */
struct uart_log {
	spinlock_t lock;
	int lines;
};

/* trap: lin-lock-irq-unsafe other-type */
static ssize_t uart_log_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	struct uart_log *log = file->private_data;

	spin_lock(&log->lock); /* ok: lin-lock-irq-unsafe */
	log->lines++;
	spin_unlock(&log->lock);
	return n;
}

const struct file_operations uart_log_fops = { .write = uart_log_write };
