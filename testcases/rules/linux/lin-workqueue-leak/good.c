/* Destroyed on failure, or kept for the remove function. */
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
	p->wq = create_workqueue("press");
	if (!p->wq)
		return -ENOMEM; /* ok: lin-workqueue-leak */
	if (request_irq(p->irq, press_interrupt, 0, "press", p)) {
		destroy_workqueue(p->wq);
		return -EBUSY; /* ok: lin-workqueue-leak */
	}
	return 0; /* ok: lin-workqueue-leak */
}

int press_start(struct press *p, int n)
{
	struct workqueue_struct *wq = alloc_workqueue("press/%d", WQ_UNBOUND, 0, n);
	int err = -ENOMEM;

	if (!wq)
		return err;
	p->plates = kcalloc(n, sizeof(*p->plates), GFP_KERNEL);
	if (!p->plates)
		goto out;
	p->wq = wq;
	return 0;
out:
	destroy_workqueue(wq);
	return err; /* ok: lin-workqueue-leak */
}

/* Trap: kept in the structure; the remove function, which the caller runs on failure, destroys it. */
void press_remove(struct press *p)
{
	if (p->wq)
		destroy_workqueue(p->wq);
	p->wq = NULL;
}

/* trap: lin-workqueue-leak kept-for-remove */
int press_check(struct press *p)
{
	p->wq = create_singlethread_workqueue("press");
	if (!p->wq)
		return -ENOMEM;
	if (p->irq < 0) {
		press_remove(p);
		return -ENXIO; /* ok: lin-workqueue-leak */
	}
	queue_work(p->wq, &p->work);
	return 0;
}

/* Trap: a wrapper around the allocation. */
/* trap: lin-workqueue-leak wrapper */
static struct workqueue_struct *press_queue(const char *name)
{
	struct workqueue_struct *wq = alloc_workqueue("%s", 0, 0, name);

	if (!wq)
		pr_err("no memory for %s\n", name);
	return wq; /* ok: lin-workqueue-leak */
}

int press_wrapped(struct press *p)
{
	p->wq = press_queue("press");
	return p->wq ? 0 : -ENOMEM; /* ok: lin-workqueue-leak */
}
