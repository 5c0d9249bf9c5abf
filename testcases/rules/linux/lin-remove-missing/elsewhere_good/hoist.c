/* The device is ended by a function of another module, which releases what the probe left in their common record. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#include "hoist_core.h"

static int hoist_probe(struct platform_device *pdev)
{
	struct hoist_host *host = hoist_core_init(pdev);
	int err;

	if (IS_ERR(host))
		return PTR_ERR(host);
	host->clk = devm_clk_get(&pdev->dev, "hoist");
	if (IS_ERR(host->clk)) {
		err = PTR_ERR(host->clk);
		goto free;
	}
	err = clk_prepare_enable(host->clk);
	if (err)
		goto free;
	err = hoist_core_add(host);
	if (err)
		goto disable;
	return 0;

disable:
	clk_disable_unprepare(host->clk);
free:
	hoist_core_free(pdev);
	return err;
}

static struct platform_driver hoist_driver = {
	.probe = hoist_probe,
	.remove = hoist_core_remove,
	.driver = { .name = "hoist" },
};
module_platform_driver(hoist_driver);
MODULE_LICENSE("GPL");
