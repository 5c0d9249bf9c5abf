// SPDX-License-Identifier: GPL-2.0
/*
 * Character devices for the two classic 16550A serial ports.
 *
 * The ports are programmed directly; each has a receive and a transmit fifo
 * that its interrupt handler fills and drains.
 */
#include <linux/cdev.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kfifo.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/overflow.h>
#include <linux/sched/signal.h>
#include <linux/serial_reg.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>

#include "uart.h"

#define UPORT_NAME		"uart16550"
#define UPORT_MAX		2
#define UPORT_REGS		8
#define UPORT_FIFO		1024
#define UPORT_CHUNK		64
#define UPORT_CLOCK		115200
#define UPORT_IRQ_LOOPS		64

static unsigned int nports = UPORT_MAX;
module_param(nports, uint, 0444);
MODULE_PARM_DESC(nports, "number of ports to drive (1 or 2)");

static unsigned int baud = 9600;
module_param(baud, uint, 0444);
MODULE_PARM_DESC(baud, "speed of the ports after loading");

struct uport {
	struct cdev cdev;
	unsigned int index;
	unsigned int base;
	unsigned int irq;

	/* users, and with it the life of the interrupt and of the log */
	struct mutex open_lock;
	unsigned int users;

	/* all that the interrupt handler looks at */
	spinlock_t lock;
	u8 ier;
	struct uart_line line;
	struct uart_stats stats;
	struct uart_event *log;
	unsigned int log_len;
	DECLARE_KFIFO(rx, u8, UPORT_FIFO);
	DECLARE_KFIFO(tx, u8, UPORT_FIFO);

	wait_queue_head_t rx_wait;
	wait_queue_head_t tx_wait;
};

static const struct {
	unsigned int base;
	unsigned int irq;
} uport_hw[UPORT_MAX] = {
	{ 0x3f8, 4 },
	{ 0x2f8, 3 },
};

static dev_t uport_first;
static struct class *uport_class;
static struct uport uports[UPORT_MAX];

static u8 uport_in(struct uport *up, unsigned int reg)
{
	return inb(up->base + reg);
}

static void uport_out(struct uport *up, unsigned int reg, u8 val)
{
	outb(val, up->base + reg);
}

static int uport_check_line(const struct uart_line *line)
{
	if (!line->baud || line->baud > UPORT_CLOCK || UPORT_CLOCK % line->baud)
		return -EINVAL;
	if (UPORT_CLOCK / line->baud > 0xffff)
		return -EINVAL;
	if (line->bits < 5 || line->bits > 8)
		return -EINVAL;
	if (line->stop < 1 || line->stop > 2 || line->parity > UART_PARITY_EVEN)
		return -EINVAL;
	return 0;
}

/* Call with up->lock held or before the port is live. */
static void uport_program(struct uport *up)
{
	unsigned int divisor = UPORT_CLOCK / up->line.baud;
	u8 lcr = up->line.bits - 5;

	if (up->line.stop == 2)
		lcr |= UART_LCR_STOP;
	if (up->line.parity == UART_PARITY_ODD)
		lcr |= UART_LCR_PARITY;
	else if (up->line.parity == UART_PARITY_EVEN)
		lcr |= UART_LCR_PARITY | UART_LCR_EPAR;

	uport_out(up, UART_LCR, lcr | UART_LCR_DLAB);
	uport_out(up, UART_DLL, divisor & 0xff);
	uport_out(up, UART_DLM, divisor >> 8);
	uport_out(up, UART_LCR, lcr);
}

static void uport_set_ier(struct uport *up, u8 ier)
{
	up->ier = ier;
	uport_out(up, UART_IER, ier);
}

static void uport_log_error(struct uport *up, u8 lsr)
{
	up->stats.errors++;
	if (up->log_len == UART_EVENTS_MAX)
		return;
	up->log[up->log_len].time = ktime_get_ns();
	up->log[up->log_len].lsr = lsr;
	up->log_len++;
}

static void uport_receive(struct uport *up)
{
	u8 lsr;

	lsr = uport_in(up, UART_LSR);
	while (lsr & UART_LSR_DR) {
		u8 c = uport_in(up, UART_RX);

		if (lsr & (UART_LSR_OE | UART_LSR_PE | UART_LSR_FE))
			uport_log_error(up, lsr);
		if (kfifo_put(&up->rx, c))
			up->stats.rx++;
		else
			up->stats.overruns++;
		lsr = uport_in(up, UART_LSR);
	}
}

static void uport_transmit(struct uport *up)
{
	unsigned int room = 16;
	u8 c;

	if (!(uport_in(up, UART_LSR) & UART_LSR_THRE))
		return;
	while (room-- && kfifo_get(&up->tx, &c)) {
		uport_out(up, UART_TX, c);
		up->stats.tx++;
	}
	if (kfifo_is_empty(&up->tx))
		uport_set_ier(up, up->ier & ~UART_IER_THRI);
}

static irqreturn_t uport_interrupt(int irq, void *dev_id)
{
	struct uport *up = dev_id;
	unsigned int loops = UPORT_IRQ_LOOPS;
	irqreturn_t ret = IRQ_NONE;
	u8 iir;

	spin_lock(&up->lock);
	while (loops--) {
		iir = uport_in(up, UART_IIR);
		if (iir & UART_IIR_NO_INT)
			break;
		ret = IRQ_HANDLED;
		uport_receive(up);
		uport_transmit(up);
		uport_in(up, UART_MSR);
	}
	spin_unlock(&up->lock);

	if (ret == IRQ_HANDLED) {
		wake_up_interruptible(&up->rx_wait);
		wake_up_interruptible(&up->tx_wait);
	}
	return ret;
}

/* Send one byte around in loopback mode. */
static int uport_selftest(struct uport *up)
{
	unsigned int tries = 50;
	int ret = -EIO;

	uport_out(up, UART_MCR, UART_MCR_LOOP);
	uport_out(up, UART_TX, 0x5a);
	do {
		usleep_range(1000, 2000);
		if (uport_in(up, UART_LSR) & UART_LSR_DR) {
			ret = uport_in(up, UART_RX) == 0x5a ? 0 : -EIO;
			break;
		}
	} while (--tries);
	uport_out(up, UART_MCR, 0);
	return ret;
}

/* First open of a port; called with up->open_lock held. */
static int uport_startup(struct uport *up)
{
	struct uart_event *log;
	unsigned long flags;
	int ret;

	log = vzalloc(array_size(UART_EVENTS_MAX, sizeof(*log))); /* note: lin-free-mismatch "log" */
	if (!log)
		return -ENOMEM;

	spin_lock_irqsave(&up->lock, flags);
	up->log = log;
	up->log_len = 0;
	kfifo_reset(&up->rx);
	kfifo_reset(&up->tx);
	uport_set_ier(up, 0);
	uport_out(up, UART_FCR, UART_FCR_ENABLE_FIFO | UART_FCR_CLEAR_RCVR |
				UART_FCR_CLEAR_XMIT);
	uport_program(up);
	spin_unlock_irqrestore(&up->lock, flags);

	ret = request_irq(up->irq, uport_interrupt, IRQF_SHARED, UPORT_NAME, up); /* note: lin-irq-leak "interrupt line" */
	if (ret) {
		up->log = NULL;
		kfree(log); /* expect: lin-free-mismatch "log" */
		return ret;
	}

	ret = uport_selftest(up);
	if (ret) {
		up->log = NULL;
		vfree(log);
		return ret; /* expect: lin-irq-leak "interrupt line" */
	}

	spin_lock_irqsave(&up->lock, flags);
	uport_out(up, UART_MCR, UART_MCR_DTR | UART_MCR_RTS | UART_MCR_OUT2);
	uport_set_ier(up, UART_IER_RDI | UART_IER_RLSI);
	spin_unlock_irqrestore(&up->lock, flags);
	return 0;
}

/* Last close of a port; called with up->open_lock held. */
static void uport_shutdown(struct uport *up)
{
	spin_lock_irq(&up->lock);
	uport_set_ier(up, 0);
	uport_out(up, UART_MCR, 0);
	spin_unlock_irq(&up->lock);

	free_irq(up->irq, up);
	vfree(up->log);
	up->log = NULL;
}

static int uport_open(struct inode *inode, struct file *file)
{
	struct uport *up = container_of(inode->i_cdev, struct uport, cdev);
	int ret;

	ret = mutex_lock_interruptible(&up->open_lock); /* note: lin-lock-held-on-exit "up->open_lock" */
	if (ret)
		return ret;

	if (!up->users) {
		ret = uport_startup(up);
		if (ret)
			return ret; /* expect: lin-lock-held-on-exit "up->open_lock" */
	}
	up->users++;
	file->private_data = up;
	ret = stream_open(inode, file);
	mutex_unlock(&up->open_lock);
	return ret;
}

static int uport_release(struct inode *inode, struct file *file)
{
	struct uport *up = file->private_data;

	mutex_lock(&up->open_lock);
	if (!--up->users)
		uport_shutdown(up);
	mutex_unlock(&up->open_lock);
	return 0;
}

static ssize_t uport_read(struct file *file, char __user *buf, size_t count,
			  loff_t *ppos)
{
	struct uport *up = file->private_data;
	unsigned long flags;
	u8 chunk[UPORT_CHUNK];
	size_t done = 0;
	size_t n;

	while (done < count) {
		n = min_t(size_t, count - done, sizeof(chunk));
		spin_lock_irqsave(&up->lock, flags);
		n = kfifo_out(&up->rx, chunk, n);
		spin_unlock_irqrestore(&up->lock, flags);

		if (!n) {
			if (done)
				break;
			if (file->f_flags & O_NONBLOCK)
				return -EAGAIN;
			if (wait_event_interruptible(up->rx_wait,
						     !kfifo_is_empty(&up->rx)))
				return -ERESTARTSYS;
			continue;
		}

		copy_to_user(buf + done, chunk, n); /* expect: lin-copy-user-unchecked "copy_to_user" */
		done += n;
	}
	return done;
}

static ssize_t uport_write(struct file *file, const char __user *buf,
			   size_t count, loff_t *ppos)
{
	struct uport *up = file->private_data;
	u8 chunk[UPORT_CHUNK];
	size_t done = 0;
	ssize_t ret = 0;
	size_t n;

	while (done < count) {
		n = min_t(size_t, count - done, sizeof(chunk));
		if (copy_from_user(chunk, buf + done, n)) {
			ret = -EFAULT;
			break;
		}

		spin_lock_irq(&up->lock); /* note: lin-lock-variant-mismatch "up->lock" */
		if (kfifo_is_full(&up->tx) && (file->f_flags & O_NONBLOCK)) {
			spin_unlock(&up->lock); /* expect: lin-lock-variant-mismatch "up->lock" */
			ret = -EAGAIN;
			break;
		}
		ret = wait_event_interruptible_lock_irq(up->tx_wait,
							!kfifo_is_full(&up->tx),
							up->lock);
		if (ret) {
			spin_unlock_irq(&up->lock);
			break;
		}
		done += kfifo_in(&up->tx, chunk, n);
		uport_set_ier(up, up->ier | UART_IER_THRI);
		spin_unlock_irq(&up->lock);
	}
	return done ? done : ret;
}

static long uport_set_line(struct uport *up, const struct uart_line __user *uline)
{
	struct uart_line line;
	unsigned long flags;
	int ret;

	if (copy_from_user(&line, uline, sizeof(line)))
		return -EFAULT;
	ret = uport_check_line(&line);
	if (ret)
		return ret;

	spin_lock_irqsave(&up->lock, flags);
	if (!kfifo_is_empty(&up->tx)) {
		spin_unlock_irqrestore(&up->lock, flags); /* note: lin-unlock-not-held "up->lock" */
		ret = -EBUSY;
		goto out_unlock;
	}
	line.reserved = 0;
	up->line = line;
	uport_program(up);
out_unlock:
	spin_unlock_irqrestore(&up->lock, flags); /* expect: lin-unlock-not-held "up->lock" */
	return ret;
}

static long uport_get_line(struct uport *up, struct uart_line __user *uline)
{
	struct uart_line line;
	unsigned long flags;

	spin_lock_irqsave(&up->lock, flags);
	line = up->line;
	spin_unlock_irqrestore(&up->lock, flags);

	return copy_to_user(uline, &line, sizeof(line)); /* expect: lin-copy-user-errno "copy_to_user" */
}

static long uport_get_stats(struct uport *up, struct uart_stats __user *ustats)
{
	struct uart_stats st;

	spin_lock_irq(&up->lock);
	st.rx = up->stats.rx;
	st.tx = up->stats.tx;
	st.overruns = up->stats.overruns;
	spin_unlock_irq(&up->lock);

	if (copy_to_user(ustats, &st, sizeof(st))) /* expect: lin-user-infoleak "st" */
		return -EFAULT;
	return 0;
}

static long uport_flush(struct uport *up, u32 what)
{
	unsigned long flags;

	if (!what || (what & ~(UART_FLUSH_RX | UART_FLUSH_TX)))
		return -EINVAL;

	spin_lock_irqsave(&up->lock, flags);
	if (what & UART_FLUSH_RX)
		kfifo_reset(&up->rx);
	if (what & UART_FLUSH_TX)
		kfifo_reset(&up->tx);
	spin_unlock_irqrestore(&up->lock, flags);

	wake_up_interruptible(&up->tx_wait);
	return 0;
}

/* Wait until the last byte has left the shift register. */
static long uport_drain(struct uport *up)
{
	unsigned long flags;
	int ret;

	ret = wait_event_interruptible(up->tx_wait, kfifo_is_empty(&up->tx));
	if (ret)
		return ret;

	spin_lock_irqsave(&up->lock, flags); /* note: lin-sleep-in-atomic "up->lock" */
	while (!(uport_in(up, UART_LSR) & UART_LSR_TEMT))
		msleep(5); /* expect: lin-sleep-in-atomic "msleep" */
	spin_unlock_irqrestore(&up->lock, flags);
	return 0;
}

static long uport_get_events(struct uport *up, struct uart_events __user *uevents)
{
	struct uart_event *buf;
	struct uart_events req;
	long ret = 0;
	u32 n;

	if (copy_from_user(&req, uevents, sizeof(req)))
		return -EFAULT;
	if (!req.capacity || req.capacity > UART_EVENTS_MAX)
		return -EINVAL;

	spin_lock_irq(&up->lock); /* note: lin-gfp-atomic "up->lock" */
	n = min(req.capacity, up->log_len);
	buf = kmalloc_array(n, sizeof(*buf), GFP_KERNEL); /* expect: lin-gfp-atomic "kmalloc_array" */
	if (!buf) {
		spin_unlock_irq(&up->lock);
		return -ENOMEM;
	}
	memcpy(buf, up->log, n * sizeof(*buf));
	up->log_len -= n;
	memmove(up->log, up->log + n, up->log_len * sizeof(*buf));
	spin_unlock_irq(&up->lock);

	if (copy_to_user(u64_to_user_ptr(req.events), buf, n * sizeof(*buf)) ||
	    put_user(n, &uevents->count))
		ret = -EFAULT;
	kfree(buf);
	return ret;
}

/* Send what this port has received through the other one. */
static long uport_bridge(struct uport *up)
{
	struct uport *peer = &uports[!up->index];
	struct uport *lower = up->index ? peer : up;
	struct uport *upper = up->index ? up : peer;
	unsigned long flags;
	long moved = 0;
	u8 c;

	if (nports < UPORT_MAX)
		return -ENODEV;

	mutex_lock(&peer->open_lock);
	if (!peer->users) {
		mutex_unlock(&peer->open_lock);
		return -ENOTCONN;
	}

	spin_lock_irqsave(&lower->lock, flags); /* note: lin-irqsave-flags "lower->lock" */
	spin_lock_irqsave(&upper->lock, flags); /* expect: lin-irqsave-flags "flags" */
	while (!kfifo_is_full(&peer->tx) && kfifo_get(&up->rx, &c)) {
		kfifo_put(&peer->tx, c);
		moved++;
	}
	if (moved)
		uport_set_ier(peer, peer->ier | UART_IER_THRI);
	spin_unlock_irqrestore(&upper->lock, flags);
	spin_unlock_irqrestore(&lower->lock, flags);

	mutex_unlock(&peer->open_lock);
	return moved;
}

static long uport_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct uport *up = file->private_data;
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case UART_IOC_SET_LINE:
		return uport_set_line(up, argp);
	case UART_IOC_GET_LINE:
		return uport_get_line(up, argp);
	case UART_IOC_GET_STATS:
		return uport_get_stats(up, argp);
	case UART_IOC_OUTQ:
		put_user(kfifo_len(&up->tx), (u32 __user *)argp); /* expect: lin-getput-user-unchecked "put_user" */
		return 0;
	case UART_IOC_FLUSH:
		return uport_flush(up, *(u32 *)arg); /* expect: lin-user-deref "arg" */
	case UART_IOC_DRAIN:
		return uport_drain(up);
	case UART_IOC_GET_EVENTS:
		return uport_get_events(up, argp);
	case UART_IOC_BRIDGE:
		return uport_bridge(up);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations uport_fops = {
	.owner = THIS_MODULE,
	.open = uport_open,
	.release = uport_release,
	.read = uport_read,
	.write = uport_write,
	.unlocked_ioctl = uport_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = no_llseek,
};

/* Reserve the registers of a port and see whether there is a chip at all. */
static int uport_claim(struct uport *up)
{
	if (!request_region(up->base, UPORT_REGS, UPORT_NAME)) /* note: lin-region-leak "up->base" */
		return -EBUSY;

	uport_out(up, UART_SCR, 0xa5);
	if (uport_in(up, UART_SCR) != 0xa5)
		return -ENODEV; /* expect: lin-region-leak "up->base" */
	uport_set_ier(up, 0);
	return 0;
}

static int uport_add(struct uport *up, unsigned int index)
{
	dev_t devt = MKDEV(MAJOR(uport_first), MINOR(uport_first) + index);
	struct device *node;
	int ret;

	up->index = index;
	up->base = uport_hw[index].base;
	up->irq = uport_hw[index].irq;
	up->line.baud = baud;
	up->line.bits = 8;
	up->line.stop = 1;
	mutex_init(&up->open_lock);
	spin_lock_init(&up->lock);
	INIT_KFIFO(up->rx);
	INIT_KFIFO(up->tx);
	init_waitqueue_head(&up->rx_wait);
	init_waitqueue_head(&up->tx_wait);

	ret = uport_check_line(&up->line);
	if (ret)
		return ret;

	ret = uport_claim(up);
	if (ret)
		return ret;

	cdev_init(&up->cdev, &uport_fops);
	up->cdev.owner = THIS_MODULE;
	cdev_add(&up->cdev, devt, 1); /* expect: lin-errno-unchecked "cdev_add" */

	node = device_create(uport_class, NULL, devt, up, UPORT_NAME "-%u", index);
	if (IS_ERR(node)) {
		cdev_del(&up->cdev);
		release_region(up->base, UPORT_REGS);
		return PTR_ERR(node);
	}
	return 0;
}

static void uport_remove(struct uport *up)
{
	device_destroy(uport_class, up->cdev.dev);
	cdev_del(&up->cdev);
	release_region(up->base, UPORT_REGS);
}

static int __init uport_init(void)
{
	int i, ret;

	if (!nports || nports > UPORT_MAX)
		return -EINVAL;

	ret = alloc_chrdev_region(&uport_first, 0, nports, UPORT_NAME); /* note: lin-init-unwind "device numbers" */
	if (ret < 0)
		return ret;

	uport_class = class_create(THIS_MODULE, UPORT_NAME);
	if (IS_ERR(uport_class))
		return PTR_ERR(uport_class); /* expect: lin-init-unwind "alloc_chrdev_region" */

	for (i = 0; i < nports; i++) {
		ret = uport_add(&uports[i], i);
		if (ret)
			goto err_ports;
	}
	return 0;

err_ports:
	while (--i >= 0)
		uport_remove(&uports[i]);
	class_destroy(uport_class);
	unregister_chrdev_region(uport_first, nports);
	return ret;
}

static void __exit uport_exit(void)
{
	int i;

	for (i = nports - 1; i >= 0; i--)
		uport_remove(&uports[i]);
	class_destroy(uport_class);
	unregister_chrdev_region(uport_first, nports);
}

module_init(uport_init);
module_exit(uport_exit);

MODULE_DESCRIPTION("Serial port character devices");
MODULE_LICENSE("GPL");
