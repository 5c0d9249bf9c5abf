/* Sleepers that nobody wakes. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/tty.h>
#include <linux/wait.h>

struct printer {
	wait_queue_head_t idle;
	wait_queue_head_t paper;
	wait_queue_head_t spool;
	struct completion warm;
	int busy;
	int sheets;
	int jobs;
};

static struct printer printer;

static irqreturn_t printer_irq(int irq, void *data)
{
	printer.busy = 0;
	wake_up_interruptible(&printer.idle); /* note: lin-wait-no-wakeup "does not wake this wait" */
	printer.sheets = 100;
	return IRQ_HANDLED;
}

void printer_flush(void)
{
	wait_event(printer.idle, !printer.busy); /* expect: lin-wait-no-wakeup "wakes only interruptible sleepers" */
}

/* trap: lin-wait-no-wakeup timeout */
/* trap: lin-wait-no-wakeup by-pointer */
static ssize_t printer_write(struct file *file, const char __user *data, size_t size, loff_t *pos)
{
	wait_queue_head_t *paper = &printer.paper;
	int err = wait_event_interruptible(*paper, printer.sheets > 0); /* expect: lin-wait-no-wakeup "nothing in the module" */

	if (err)
		return err;
	printer.sheets--;
	return size;
}

/* trap: lin-wait-no-wakeup poll-only */
static __poll_t printer_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &printer.spool, table);
	return printer.jobs ? EPOLLIN : 0;
}

static ssize_t printer_read(struct file *file, char __user *data, size_t size, loff_t *pos)
{
	if (wait_event_interruptible(printer.spool, printer.jobs)) /* expect: lin-wait-no-wakeup "printer.spool" */
		return -ERESTARTSYS;
	return 0;
}

/* trap: lin-wait-no-wakeup foreign-queue */
static int printer_open(struct inode *inode, struct file *file)
{
	return wait_for_completion_interruptible(&printer.warm); /* expect: lin-wait-no-wakeup "printer.warm" */
}

static const struct file_operations printer_fops = {
	.owner = THIS_MODULE,
	.open = printer_open,
	.read = printer_read,
	.write = printer_write,
	.poll = printer_poll,
};

static int __init printer_init(void)
{
	int err;

	init_waitqueue_head(&printer.idle);
	init_waitqueue_head(&printer.paper);
	init_waitqueue_head(&printer.spool);
	init_completion(&printer.warm);
	err = request_irq(7, printer_irq, 0, "printer", &printer);
	if (err)
		return err;
	err = register_chrdev(90, "printer", &printer_fops);
	if (err)
		free_irq(7, &printer);
	return err;
}
module_init(printer_init);

static void __exit printer_exit(void)
{
	unregister_chrdev(90, "printer");
	free_irq(7, &printer);
}
module_exit(printer_exit);
MODULE_LICENSE("GPL");
