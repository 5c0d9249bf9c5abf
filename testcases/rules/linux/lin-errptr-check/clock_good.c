/* Clocks that may be missing, and functions that let error pointers pass. */
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

struct kiln {
	struct clk *clk, *bus;
};

/* An optional clock is NULL when there is none, and that is fine. */
int kiln_start(struct platform_device *pdev, struct kiln *kiln)
{
	int err;

	kiln->bus = devm_clk_get_optional(&pdev->dev, "bus");
	if (IS_ERR(kiln->bus))
		return PTR_ERR(kiln->bus);
	err = clk_prepare_enable(kiln->bus); /* ok: lin-errptr-check */
	if (err)
		return err;
	kiln->clk = devm_clk_get(&pdev->dev, NULL);
	if (IS_ERR(kiln->clk))
		kiln->clk = NULL;
	err = clk_prepare_enable(kiln->clk); /* ok: lin-errptr-check */
	if (err)
		clk_disable_unprepare(kiln->bus);
	return err;
}

/* The error was seen; a flag says later that the clock is not needed. */
int kiln_tune(struct platform_device *pdev, struct kiln *kiln, int flags)
{
	kiln->clk = devm_clk_get(&pdev->dev, "tune");
	if (IS_ERR(kiln->clk)) {
		if (PTR_ERR(kiln->clk) != -ENOENT)
			return PTR_ERR(kiln->clk);
		flags &= ~1;
	}
	if (flags & 1)
		return clk_prepare_enable(kiln->clk); /* ok: lin-errptr-check */
	return 0;
}

/* These look at what they get. */
void kiln_stop(struct device *dev)
{
	struct clk *clk = clk_get(dev, "heat");

	if (!IS_ERR(clk))
		clk_disable_unprepare(clk);
	clk_put(clk); /* ok: lin-errptr-check */
}
