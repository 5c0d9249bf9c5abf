/* Ladders that release one thing too many. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/workqueue.h>

struct rack {
	struct workqueue_struct *wq;
	int irq, second_irq, slots;
	bool has_irq;
};

static struct rack rack = { .irq = 5, .second_irq = 7 };
static const struct file_operations rack_fops = { .owner = THIS_MODULE };
static struct miscdevice rack_misc = { .name = "rack", .fops = &rack_fops };

static irqreturn_t rack_handler(int irq, void *data)
{
	struct rack *r = data;

	if (!r->slots)
		return IRQ_NONE;
	r->slots--;
	return IRQ_HANDLED;
}

static int __init rack_init(void)
{
	int err = register_chrdev_region(MKDEV(42, 0), 1, "rack"); /* note: lin-unwind-failed "register_chrdev_region fails" */

	if (err)
		goto out_chrdev;
	if (!request_region(0x60, 1, "rack")) { /* note: lin-unwind-failed "request_region fails" */
		err = -EBUSY;
		goto out_region;
	}
	/* trap: lin-unwind-failed flag-asked */
	err = request_irq(rack.irq, rack_handler, 0, "rack", &rack);
	if (err)
		goto out_irq;
	rack.has_irq = true;
	rack.wq = create_workqueue("rack");
	if (!rack.wq) {
		err = -ENOMEM;
		goto out_wq;
	}
	/* trap: lin-unwind-failed second-try */
	err = misc_register(&rack_misc);
	if (err)
		goto out_misc;
	return 0;
out_misc:
	misc_deregister(&rack_misc); /* expect: lin-unwind-failed "rack_misc" */
out_wq:
	destroy_workqueue(rack.wq); /* expect: lin-unwind-failed "create_workqueue" */
out_irq:
	free_irq(rack.irq, &rack); /* expect: lin-unwind-failed "request_irq" */
out_region:
	release_region(0x60, 1); /* expect: lin-unwind-failed "request_region" */
out_chrdev:
	unregister_chrdev_region(MKDEV(42, 0), 1); /* expect: lin-unwind-failed "register_chrdev_region" */
	return err;
}

static void __exit rack_exit(void)
{
	misc_deregister(&rack_misc);
	destroy_workqueue(rack.wq);
	free_irq(rack.irq, &rack);
	release_region(0x60, 1);
	unregister_chrdev_region(MKDEV(42, 0), 1);
}

module_init(rack_init);
module_exit(rack_exit);
MODULE_LICENSE("GPL");

/* trap: lin-unwind-failed other-line */
int rack_second(struct rack *r)
{
	int err = request_irq(r->second_irq, rack_handler, 0, "rack", r);

	if (err) {
		free_irq(r->second_irq, r); /* expect: lin-unwind-failed "request_irq" */
		return err;
	}
	return 0;
}
