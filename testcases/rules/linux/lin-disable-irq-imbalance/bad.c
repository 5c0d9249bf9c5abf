/* A scale whose interrupt line gets stuck. */
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/workqueue.h>

struct scale {
	struct work_struct work;
	void __iomem *regs;
	int irq, dead, mode;
};

int scale_set_mode(struct scale *s, int mode)
{
	disable_irq(s->irq); /* note: lin-disable-irq-imbalance "interrupt line s->irq is disabled here" */
	if (s->dead)
		return -EIO; /* expect: lin-disable-irq-imbalance "s->irq" */
	s->mode = mode;
	enable_irq(s->irq);
	return 0;
}

/* Two disables, one enable. */
int scale_zero(struct scale *s)
{
	disable_irq(s->irq);
	writel(1, s->regs);
	if (readl(s->regs) & 1) {
		disable_irq_nosync(s->irq);
		writel(0, s->regs);
	}
	enable_irq(s->irq);
	return -EBUSY; /* expect: lin-disable-irq-imbalance "scale_zero returns here" */
}

/* The loop is left with the line off. */
int scale_settle(struct scale *s)
{
	int tries;

	for (tries = 0; tries < 10; tries++) {
		disable_irq(s->irq); /* note: lin-disable-irq-imbalance "disabled here" */
		if (readl(s->regs) == 0)
			return -ENXIO; /* expect: lin-disable-irq-imbalance "s->irq" */
		enable_irq(s->irq);
		msleep(10);
	}
	return 0;
}

/* trap: lin-disable-irq-imbalance enabled-by-bottom-half
 * Nobody schedules the work when this fails. */
int scale_defer(struct scale *s)
{
	disable_irq_nosync(s->irq);
	if (!s->regs)
		return -ENODEV; /* expect: lin-disable-irq-imbalance "s->irq" */
	if (!schedule_work(&s->work))
		enable_irq(s->irq);
	return 0;
}

static void scale_work(struct work_struct *work)
{
	struct scale *s = container_of(work, struct scale, work);

	s->mode = readl(s->regs);
	enable_irq(s->irq);
}

void scale_prepare(struct scale *s)
{
	INIT_WORK(&s->work, scale_work);
}

/* trap: lin-disable-irq-imbalance suspend-resume
 * A suspend that fails is not followed by a resume. */
int scale_suspend(struct scale *s)
{
	disable_irq(s->irq);
	writel(2, s->regs);
	if (readl(s->regs) != 2)
		return -EBUSY; /* expect: lin-disable-irq-imbalance "scale_suspend" */
	if (s->mode) {
		enable_irq(s->irq);
		return -EAGAIN;
	}
	return 0;
}

int scale_resume(struct scale *s)
{
	enable_irq(s->irq);
	return 0;
}

/* trap: lin-disable-irq-imbalance no-autoen
 * Requested enabled, and disabled for a while. */
int scale_start(struct device *dev, struct scale *s, irq_handler_t handler)
{
	int err = devm_request_irq(dev, s->irq, handler, 0, "scale", s);

	if (err)
		return err;
	disable_irq(s->irq);
	writel(1, s->regs);
	if (readl(s->regs) & 1) {
		enable_irq(s->irq);
		return 0;
	}
	return -EIO; /* expect: lin-disable-irq-imbalance "s->irq" */
}
