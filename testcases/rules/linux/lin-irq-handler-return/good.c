/* Handlers that tell whose interrupt it was. */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/kernel.h>

struct probe {
	void __iomem *base;
	int irq, hits;
};

static irqreturn_t probe_shared(int irq, void *data)
{
	struct probe *p = data;

	if (!(readl(p->base) & 1))
		return IRQ_NONE;
	p->hits++;
	writel(1, p->base);
	return IRQ_HANDLED; /* ok: lin-irq-handler-return */
}

static irqreturn_t probe_own(int irq, void *data)
{
	struct probe *p = data;

	if (!p->base)
		return IRQ_NONE; /* ok: lin-irq-handler-return */
	p->hits++;
	return IRQ_HANDLED;
}

static irqreturn_t probe_thread(int irq, void *data)
{
	struct probe *p = data;

	p->hits = 0;
	return IRQ_HANDLED;
}

int probe_start(struct probe *p)
{
	int err = request_irq(p->irq, probe_shared, IRQF_SHARED, "probe", p);

	if (err)
		return err;
	err = request_threaded_irq(p->irq + 1, probe_own, probe_thread, IRQF_ONESHOT, "own", p);
	if (err)
		free_irq(p->irq, p);
	return err;
}

/* Trap: alone on its line it may always say yes. */
/* trap: lin-irq-handler-return exclusive-line */
static irqreturn_t probe_alone(int irq, void *data)
{
	struct probe *p = data;

	p->hits++;
	return IRQ_HANDLED; /* ok: lin-irq-handler-return */
}

/* Trap: IRQ_RETVAL makes it of a truth value. */
/* trap: lin-irq-handler-return irq-retval */
static irqreturn_t probe_truth(int irq, void *data)
{
	struct probe *p = data;

	return IRQ_RETVAL(readl(p->base) & 1); /* ok: lin-irq-handler-return */
}

/* Trap: never says yes, for another driver's line. */
/* trap: lin-irq-handler-return never-handled */
static irqreturn_t probe_spy(int irq, void *data)
{
	struct probe *p = data;

	p->hits++;
	return IRQ_NONE; /* ok: lin-irq-handler-return */
}

int probe_start_more(struct probe *p)
{
	int err = request_irq(p->irq, probe_alone, 0, "alone", p);

	if (err)
		return err;
	err = request_irq(p->irq + 2, probe_truth, IRQF_SHARED, "truth", &p->hits);
	if (err)
		goto free_alone;
	err = request_irq(p->irq + 3, probe_spy, IRQF_SHARED, "spy", &p->base);
	if (err)
		goto free_truth;
	return 0;
free_truth:
	free_irq(p->irq + 2, &p->hits);
free_alone:
	free_irq(p->irq, p);
	return err;
}

/* The answer of the handler that it wraps. */
/* trap: lin-irq-handler-return wrapper */
static irqreturn_t probe_wrapped(int irq, void *data)
{
	struct probe *p = data;

	p->hits++;
	return probe_shared(irq, data); /* ok: lin-irq-handler-return */
}

int probe_start_wrapped(struct probe *p)
{
	return request_irq(p->irq + 4, probe_wrapped, IRQF_SHARED, "wrapped", p);
}
