/* Error pointers that are kept, and tested elsewhere, or where the test can not be seen. */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

struct reel {
	struct device *dev;
	struct clk *clk, *bus, *spare, *late;
	struct regulator *supply;
	struct gpio_desc *line;
	void __iomem *regs;
	bool has_bus;
};

int reel_check_late(struct clk *clk);

/* The one who uses it tests it, through a local. */
static void reel_set(struct reel *reel)
{
	struct clk *clk = reel->clk;

	if (!IS_ERR(clk))
		dev_info(reel->dev, "%lu\n", clk_get_rate(clk));
	dev_info(reel->dev, "%lu\n", clk_get_rate(reel->late));
	if (reel->has_bus)
		dev_info(reel->dev, "%lu\n", clk_get_rate(reel->bus));
}

static bool reel_is_missing(const void *what)
{
	return IS_ERR_OR_NULL(what);
}

/* trap: lin-errptr-check error-or-zero */
static int reel_map(struct platform_device *pdev, struct reel *reel)
{
	reel->regs = devm_platform_ioremap_resource(pdev, 0);
	return PTR_ERR_OR_ZERO(reel->regs);
}

static struct clk *reel_spare(struct reel *reel)
{
	reel->spare = devm_clk_get(reel->dev, "spare");
	return reel->spare;
}

static int reel_probe(struct platform_device *pdev)
{
	struct reel *reel = devm_kzalloc(&pdev->dev, sizeof(*reel), GFP_KERNEL);
	int err;

	if (!reel)
		return -ENOMEM;
	reel->dev = &pdev->dev;
	platform_set_drvdata(pdev, reel);
	err = reel_map(pdev, reel);
	if (err)
		return err;
	reel->clk = devm_clk_get(&pdev->dev, NULL);
	reel->bus = devm_clk_get(&pdev->dev, "bus");
	reel->has_bus = !IS_ERR(reel->bus);
	reel->supply = devm_regulator_get(&pdev->dev, "vdd");
	if (reel_is_missing(reel->supply))
		return -ENODEV;
	if (IS_ERR(reel_spare(reel)))
		return -ENODEV;
	/* Another file of the driver looks at it. */
	reel->late = devm_clk_get(&pdev->dev, "late");
	err = reel_check_late(reel->late);
	if (err)
		return err;
	/* This one looks for error pointers itself. */
	reel->line = devm_gpiod_get(&pdev->dev, "line", GPIOD_IN);
	err = gpiod_to_irq(reel->line);
	if (err < 0)
		return err;
	iowrite32be(1, reel->regs);
	reel_set(reel);
	return regulator_set_load(reel->supply, (int)clk_get_rate(reel->spare));
}

static struct platform_driver reel_driver = {
	.probe = reel_probe,
	.driver = { .name = "reel" },
};
module_platform_driver(reel_driver);
MODULE_LICENSE("GPL");
