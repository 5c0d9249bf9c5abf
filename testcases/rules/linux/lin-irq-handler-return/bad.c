/* Handlers that return what the kernel does not understand, or claim every interrupt of a shared line. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>

struct probe {
	void __iomem *base;
	int irq, hits;
};

/* trap: lin-irq-handler-return exclusive-line */
static irqreturn_t probe_shared(int irq, void *data)
{
	struct probe *p = data;

	p->hits++;
	writel(1, p->base);
	return IRQ_HANDLED; /* expect: lin-irq-handler-return "probe_shared" */
}

/* trap: lin-irq-handler-return never-handled */
static irqreturn_t probe_own(int irq, void *data)
{
	struct probe *p = data;

	if (!p->base)
		return -ENODEV; /* expect: lin-irq-handler-return "probe_own" */
	p->hits++;
	return IRQ_HANDLED;
}

/* trap: lin-irq-handler-return irq-retval */
static irqreturn_t probe_thread(int irq, void *data)
{
	struct probe *p = data;

	p->hits = 0;
	return 4; /* expect: lin-irq-handler-return "probe_thread" */
}

int probe_start(struct probe *p)
{
	int err = request_irq(p->irq, probe_shared, IRQF_SHARED, "probe", p); /* note: lin-irq-handler-return "`probe_shared` becomes irq-handler-shared" */

	if (err)
		return err;
	err = request_threaded_irq(p->irq + 1, probe_own, probe_thread, IRQF_ONESHOT, "own", p);
	if (err)
		free_irq(p->irq, p);
	return err;
}
