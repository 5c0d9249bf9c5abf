/* Drivers that give back what probe acquired. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

struct vent {
	struct clk *clk;
	int *table;
};

/* trap: lin-remove-missing managed */
static int vent_setup(struct platform_device *pdev, struct vent *vent)
{
	vent->table = devm_kcalloc(&pdev->dev, 16, sizeof(int), GFP_KERNEL);
	return vent->table ? 0 : -ENOMEM;
}

static int vent_probe(struct platform_device *pdev)
{
	struct vent *vent;
	int err;

	vent = kzalloc(sizeof(*vent), GFP_KERNEL);
	if (!vent)
		return -ENOMEM;
	err = vent_setup(pdev, vent);
	if (err)
		goto free;
	vent->clk = clk_get(&pdev->dev, NULL);
	if (IS_ERR(vent->clk)) {
		err = PTR_ERR(vent->clk);
		goto free;
	}
	err = clk_prepare_enable(vent->clk);
	if (err)
		goto put;
	platform_set_drvdata(pdev, vent);
	return 0;
put:
	clk_put(vent->clk);
free:
	kfree(vent);
	return err;
}

/* trap: lin-remove-missing other-type */
static int vent_remove(struct platform_device *pdev)
{
	struct vent *vent = platform_get_drvdata(pdev);

	clk_disable_unprepare(vent->clk);
	clk_put(vent->clk);
	kfree(vent);
	return 0;
}

static struct platform_driver vent_driver = {
	.probe = vent_probe,
	.remove = vent_remove,
	.driver = { .name = "vent" },
};

module_platform_driver(vent_driver);
MODULE_LICENSE("GPL");
