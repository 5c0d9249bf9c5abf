/* Every disable has its enable, here or where it belongs. */
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
	int err = -EIO;

	disable_irq(s->irq);
	if (s->dead)
		goto out;
	s->mode = mode;
	err = 0;
out:
	enable_irq(s->irq);
	return err;
}

int scale_nested(struct scale *s)
{
	disable_irq(s->irq);
	disable_irq(s->irq);
	writel(1, s->regs);
	enable_irq(s->irq);
	enable_irq(s->irq);
	return 0;
}

/* trap: lin-disable-irq-imbalance enabled-by-bottom-half */
static irqreturn_t scale_interrupt(int irq, void *data)
{
	struct scale *s = data;

	disable_irq_nosync(s->irq);
	if (!schedule_work(&s->work))
		enable_irq(s->irq);
	return IRQ_HANDLED;
}

static void scale_work(struct work_struct *work)
{
	struct scale *s = container_of(work, struct scale, work);

	s->mode = readl(s->regs);
	enable_irq(s->irq);
}

/* trap: lin-disable-irq-imbalance no-autoen */
int scale_start(struct scale *s)
{
	int err;

	INIT_WORK(&s->work, scale_work);
	err = request_irq(s->irq, scale_interrupt, IRQF_NO_AUTOEN, "scale", s);
	if (err)
		return err;
	writel(1, s->regs);
	enable_irq(s->irq);
	return 0;
}

/* trap: lin-disable-irq-imbalance suspend-resume */
int scale_suspend(struct scale *s)
{
	disable_irq(s->irq);
	writel(2, s->regs);
	return 0;
}

int scale_resume(struct scale *s)
{
	writel(3, s->regs);
	enable_irq(s->irq);
	return 0;
}

/* Freed on one path: nothing to enable there. */
int scale_stop(struct scale *s)
{
	disable_irq(s->irq);
	if (s->dead) {
		free_irq(s->irq, s);
		return -EIO;
	}
	enable_irq(s->irq);
	return 0;
}
