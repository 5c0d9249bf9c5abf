/* The ladder of a failed init is in the order of the acquisitions, not in the reverse. */
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct loom {
	struct workqueue_struct *wq;
	struct work_struct work;
	int threads;
};

static struct loom loom;
static struct miscdevice loom_misc = { .name = "loom" };

static void loom_work(struct work_struct *work)
{
	loom.threads++;
}

static irqreturn_t loom_handler(int irq, void *data)
{
	struct loom *l = data;

	queue_work(l->wq, &l->work);
	return IRQ_HANDLED;
}

static int __init loom_init(void)
{
	int err;

	INIT_WORK(&loom.work, loom_work);
	loom.wq = create_workqueue("loom");
	if (!loom.wq)
		return -ENOMEM;
	err = request_irq(9, loom_handler, 0, "loom", &loom);
	if (err)
		goto out_wq;
	err = misc_register(&loom_misc);
	if (err)
		goto out_irq;
	return 0;
out_irq:
	destroy_workqueue(loom.wq); /* note: lin-teardown-order "loom.wq" */
	free_irq(9, &loom);	    /* expect: lin-teardown-order "loom_handler" */
	return err;
out_wq:
	destroy_workqueue(loom.wq);
	return err;
}

static void __exit loom_exit(void)
{
	misc_deregister(&loom_misc);
	free_irq(9, &loom);
	destroy_workqueue(loom.wq);
}

module_init(loom_init);
module_exit(loom_exit);
MODULE_LICENSE("GPL");
