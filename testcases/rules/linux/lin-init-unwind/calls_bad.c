/* Init's helpers acquire, and the failure path undoes half of it. */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct mill {
	struct miscdevice misc;
	struct workqueue_struct *queue;
	int irq, grain;
};

static struct mill mill = { .misc = { .minor = MISC_DYNAMIC_MINOR, .name = "mill" }, .irq = 6 };

static irqreturn_t mill_interrupt(int irq, void *data)
{
	struct mill *m = data;

	m->grain++;
	return IRQ_HANDLED;
}

static int mill_create_queue(struct mill *m)
{
	m->queue = alloc_workqueue("mill", 0, 0);
	return m->queue ? 0 : -ENOMEM;
}

static int mill_request(struct mill *m)
{
	return request_irq(m->irq, mill_interrupt, 0, "mill", m);
}

static void mill_undo(struct mill *m)
{
	free_irq(m->irq, m);
	destroy_workqueue(m->queue);
}

static int __init mill_init(void)
{
	int err = mill_create_queue(&mill); /* note: lin-init-unwind "mill_create_queue" */

	if (err)
		return err; /* ok: lin-init-unwind */
	err = mill_request(&mill);
	if (err)
		return err; /* expect: lin-init-unwind "workqueue" */
	err = misc_register(&mill.misc);
	if (err)
		mill_undo(&mill);
	return err; /* ok: lin-init-unwind */
}
module_init(mill_init);

static void __exit mill_exit(void)
{
	misc_deregister(&mill.misc);
	mill_undo(&mill);
}
module_exit(mill_exit);
MODULE_LICENSE("GPL");
