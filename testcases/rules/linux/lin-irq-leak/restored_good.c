/* The function lets the interrupt go, and takes it back whether it succeeds or not. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/power_supply.h>
#include <linux/slab.h>

struct loom {
	int irq, size;
	void *ring;
};

static irqreturn_t loom_irq(int irq, void *data)
{
	struct loom *l = data;

	l->size++;
	return IRQ_HANDLED;
}

static int loom_up(struct loom *l)
{
	return request_irq(l->irq, loom_irq, 0, "loom", l);
}

static void loom_down(struct loom *l)
{
	free_irq(l->irq, l);
}

int loom_resize(struct loom *l, int size)
{
	void *ring;

	loom_down(l);
	ring = kzalloc(size, GFP_KERNEL);
	if (!ring) {
		loom_up(l);
		return -ENOMEM; /* ok: lin-irq-leak */
	}
	kfree(l->ring);
	l->ring = ring;
	l->size = size;
	return loom_up(l);
}
