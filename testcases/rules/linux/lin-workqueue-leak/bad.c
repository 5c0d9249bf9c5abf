/* Failures that leave a workqueue behind. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct press {
	struct workqueue_struct *wq;
	struct work_struct work;
	int irq, *plates;
};

irqreturn_t press_interrupt(int irq, void *data);

int press_probe(struct press *p)
{
	p->wq = create_workqueue("press"); /* note: lin-workqueue-leak "p->wq" */
	if (!p->wq)
		return -ENOMEM;
	if (request_irq(p->irq, press_interrupt, 0, "press", p))
		return -EBUSY; /* expect: lin-workqueue-leak "p->wq" */
	return 0;
}

/* trap: lin-workqueue-leak wrapper */
int press_start(struct press *p, int n)
{
	struct workqueue_struct *wq = alloc_workqueue("press/%d", WQ_UNBOUND, 0, n); /* note: lin-workqueue-leak "wq" */
	int err = -ENOMEM;

	if (!wq)
		return err;
	p->plates = kcalloc(n, sizeof(*p->plates), GFP_KERNEL);
	if (!p->plates)
		goto out;
	p->wq = wq;
	return 0;
out:
	p->irq = 0;
	return err; /* expect: lin-workqueue-leak "wq" */
}

/* trap: lin-workqueue-leak kept-for-remove */
int press_check(struct press *p)
{
	p->wq = create_singlethread_workqueue("press"); /* note: lin-workqueue-leak "p->wq" */
	if (p->wq) {
		if (p->irq < 0)
			return -ENXIO; /* expect: lin-workqueue-leak "p->wq" */
		queue_work(p->wq, &p->work);
		return 0;
	}
	return -ENOMEM;
}

int press_ordered(struct press *p, const int *plates, int n)
{
	int i;

	p->wq = alloc_ordered_workqueue("press", 0); /* note: lin-workqueue-leak "p->wq" */
	if (!p->wq)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		if (plates[i] < 0)
			return -EINVAL; /* expect: lin-workqueue-leak "p->wq" */
	}
	return 0;
}
