/* A driver whose remove function forgets something that probe acquired. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

struct pump {
	struct clk *clk;
	int speed;
};

/* trap: lin-remove-missing managed */
/* trap: lin-remove-missing other-type */
static int pump_probe(struct platform_device *pdev)
{
	struct pump *pump;
	int err;

	pump = kzalloc(sizeof(*pump), GFP_KERNEL); /* expect: lin-remove-missing "memory that kzalloc" */
	if (!pump)
		return -ENOMEM;
	pump->clk = clk_get(&pdev->dev, NULL);
	if (IS_ERR(pump->clk)) {
		err = PTR_ERR(pump->clk);
		goto free;
	}
	err = clk_prepare_enable(pump->clk);
	if (err)
		goto put;
	platform_set_drvdata(pdev, pump);
	return 0;
put:
	clk_put(pump->clk);
free:
	kfree(pump);
	return err;
}

static int pump_remove(struct platform_device *pdev) /* note: lin-remove-missing "`pump_remove` is called as driver-remove and does not release it" */
{
	struct pump *pump = platform_get_drvdata(pdev);

	clk_disable_unprepare(pump->clk);
	clk_put(pump->clk);
	return 0;
}

static struct platform_driver pump_driver = {
	.probe = pump_probe,
	.remove = pump_remove,
	.driver = { .name = "pump" },
};

module_platform_driver(pump_driver);

MODULE_LICENSE("GPL");
