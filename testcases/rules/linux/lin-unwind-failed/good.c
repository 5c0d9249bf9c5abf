/* Ladders that release what was acquired. */
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

/* trap: lin-unwind-failed second-try */
static int rack_claim(void)
{
	int err = register_chrdev_region(MKDEV(42, 0), 1, "rack");

	if (err)
		err = register_chrdev_region(MKDEV(43, 0), 1, "rack");
	return err;
}

static int __init rack_init(void)
{
	int err = rack_claim();

	if (err)
		return err;
	if (!request_region(0x60, 1, "rack")) {
		err = -EBUSY;
		goto out_chrdev;
	}
	err = request_irq(rack.irq, rack_handler, 0, "rack", &rack);
	if (err)
		goto out_region;
	rack.wq = create_workqueue("rack");
	if (!rack.wq) {
		err = -ENOMEM;
		goto out_irq;
	}
	err = misc_register(&rack_misc);
	if (err)
		goto out_wq;
	return 0;
out_wq:
	destroy_workqueue(rack.wq);
out_irq:
	free_irq(rack.irq, &rack);
out_region:
	release_region(0x60, 1);
out_chrdev:
	unregister_chrdev_region(MKDEV(42, 0), 1);
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
		free_irq(r->irq, r);
		return err;
	}
	return 0;
}

/* trap: lin-unwind-failed flag-asked */
int rack_optional(struct rack *r)
{
	int err = request_irq(r->irq, rack_handler, 0, "rack", r);

	if (!err)
		r->has_irq = true;
	if (r->slots < 4) {
		if (r->has_irq)
			free_irq(r->irq, r);
		return -EINVAL;
	}
	return 0;
}
