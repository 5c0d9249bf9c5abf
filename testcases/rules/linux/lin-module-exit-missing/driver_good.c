/* The macro writes the init and the exit function. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>

struct horn {
	int irq, blasts;
};

static irqreturn_t horn_interrupt(int irq, void *data)
{
	struct horn *h = data;

	h->blasts++;
	return IRQ_HANDLED;
}

/* trap: lin-module-exit-missing driver-macro */
static int horn_probe(struct platform_device *pdev)
{
	struct horn *h = devm_kzalloc(&pdev->dev, sizeof(*h), GFP_KERNEL);

	if (!h)
		return -ENOMEM;
	h->irq = platform_get_irq(pdev, 0);
	if (h->irq < 0)
		return h->irq;
	platform_set_drvdata(pdev, h);
	return request_irq(h->irq, horn_interrupt, 0, "horn", h); /* ok: lin-module-exit-missing */
}

static int horn_remove(struct platform_device *pdev)
{
	struct horn *h = platform_get_drvdata(pdev);

	free_irq(h->irq, h);
	return 0;
}

static struct platform_driver horn_driver = {
	.probe = horn_probe,
	.remove = horn_remove,
	.driver = { .name = "horn" },
};
module_platform_driver(horn_driver); /* ok: lin-module-exit-missing */
MODULE_LICENSE("GPL");
