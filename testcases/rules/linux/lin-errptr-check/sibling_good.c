/* Beside others that are tested: one tested somewhere else in the file, and one that only its reader asks about. */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/io.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>
#include <linux/string.h>

struct hatch {
	void __iomem *control, *status, *spare;
};

/* Another file of this driver may ask. */
int hatch_use(void __iomem *spare);

int hatch_map(struct platform_device *pdev, struct hatch *h)
{
	h->control = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(h->control))
		return PTR_ERR(h->control);
	h->status = devm_platform_ioremap_resource(pdev, 1);
	h->spare = devm_platform_ioremap_resource(pdev, 2);
	return hatch_use(h->spare);
}

unsigned int hatch_status(struct hatch *h)
{
	return IS_ERR(h->status) ? 0 : readl(h->status);
}
