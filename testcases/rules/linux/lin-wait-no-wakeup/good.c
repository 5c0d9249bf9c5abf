/* Woken, each in its way. */
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
	wait_queue_head_t toner;
	wait_queue_head_t *next;
	struct completion warm;
	int busy;
	int sheets;
	int jobs;
	int black;
};

static struct printer printer;

static irqreturn_t printer_irq(int irq, void *data)
{
	printer.busy = 0;
	wake_up(&printer.idle);
	printer.sheets = 100;
	wake_up(printer.next);
	complete_all(&printer.warm);
	return IRQ_HANDLED;
}

void printer_flush(void)
{
	wait_event(printer.idle, !printer.busy);
	wait_for_completion(&printer.warm);
}

/* trap: lin-wait-no-wakeup by-pointer */
int printer_feed(void)
{
	printer.next = &printer.paper;
	return wait_event_interruptible(printer.paper, printer.sheets > 0);
}

/* trap: lin-wait-no-wakeup timeout */
int printer_toner(void)
{
	while (!printer.black)
		wait_event_timeout(printer.toner, printer.black, HZ);
	return printer.black;
}

/* trap: lin-wait-no-wakeup poll-only */
static __poll_t printer_poll(struct file *file, poll_table *table)
{
	poll_wait(file, &printer.spool, table);
	return printer.jobs ? EPOLLIN : 0;
}

/* trap: lin-wait-no-wakeup foreign-queue */
void printer_drain(struct tty_struct *tty)
{
	wait_event(tty->write_wait, !printer.busy);
}

/* kthread_stop wakes it. */
static int printer_thread(void *data)
{
	wait_event_interruptible(printer.toner, kthread_should_stop());
	return 0;
}

static const struct file_operations printer_fops = {
	.owner = THIS_MODULE,
	.poll = printer_poll,
};

static struct task_struct *printer_task;

static int __init printer_init(void)
{
	int err;

	init_waitqueue_head(&printer.idle);
	init_waitqueue_head(&printer.paper);
	init_waitqueue_head(&printer.spool);
	init_waitqueue_head(&printer.toner);
	init_completion(&printer.warm);
	printer_task = kthread_run(printer_thread, NULL, "printer");
	if (IS_ERR(printer_task))
		return PTR_ERR(printer_task);
	err = request_irq(7, printer_irq, 0, "printer", &printer);
	if (err)
		goto fail;
	err = register_chrdev(90, "printer", &printer_fops);
	if (err)
		goto fail_irq;
	return 0;
fail_irq:
	free_irq(7, &printer);
fail:
	kthread_stop(printer_task);
	return err;
}
module_init(printer_init);

static void __exit printer_exit(void)
{
	unregister_chrdev(90, "printer");
	free_irq(7, &printer);
	kthread_stop(printer_task);
}
module_exit(printer_exit);
MODULE_LICENSE("GPL");
