/* One function switches the clock on and off. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

struct lamp {
	struct clk *clk;
	bool is_on;
};

static int lamp_power(struct lamp *lamp, bool on)
{
	int err = 0;

	if (on) {
		if (lamp->is_on)
			return 0;
		err = clk_prepare_enable(lamp->clk);
		if (err)
			return err;
		lamp->is_on = true;
	} else {
		if (!lamp->is_on)
			return -EINVAL;
		clk_disable_unprepare(lamp->clk);
		lamp->is_on = false;
	}
	return err;
}

static int lamp_probe(struct platform_device *pdev)
{
	struct lamp *lamp = devm_kzalloc(&pdev->dev, sizeof(*lamp), GFP_KERNEL);

	if (!lamp)
		return -ENOMEM;
	lamp->clk = devm_clk_get(&pdev->dev, NULL);
	if (IS_ERR(lamp->clk))
		return PTR_ERR(lamp->clk);
	platform_set_drvdata(pdev, lamp);
	return lamp_power(lamp, true);
}

static int lamp_remove(struct platform_device *pdev)
{
	return lamp_power(platform_get_drvdata(pdev), false);
}

static struct platform_driver lamp_driver = {
	.probe = lamp_probe,
	.remove = lamp_remove,
	.driver = { .name = "lamp" },
};

module_platform_driver(lamp_driver);
MODULE_LICENSE("GPL");
