/* Error pointers given to functions for which only NULL is fine. */
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
	struct clk *clk;
	struct regulator *supply;
};

static struct class *kiln_class;

static int kiln_probe(struct platform_device *pdev)
{
	struct kiln *kiln = devm_kzalloc(&pdev->dev, sizeof(*kiln), GFP_KERNEL);
	int err;

	if (!kiln)
		return -ENOMEM;
	kiln->clk = devm_clk_get(&pdev->dev, NULL); /* note: lin-errptr-check "devm_clk_get" */
	kiln->supply = devm_regulator_get(&pdev->dev, "vcc");
	if (IS_ERR(kiln->supply))
		return PTR_ERR(kiln->supply);
	platform_set_drvdata(pdev, kiln);
	err = clk_prepare_enable(kiln->clk); /* expect: lin-errptr-check "kiln->clk" */
	if (err)
		return err;
	return 0;
}

static int kiln_heat(struct device *dev)
{
	struct regulator *supply = regulator_get(dev, "heat"); /* note: lin-errptr-check "regulator_get" */
	int err = regulator_enable(supply);		       /* expect: lin-errptr-check "supply" */

	if (err)
		regulator_put(supply);
	return err;
}

static ssize_t version_show(const struct class *class, const struct class_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "1\n");
}

static struct class_attribute version_attr = { .attr = { .name = "version", .mode = 0444 } };

static int kiln_class_init(void)
{
	kiln_class = class_create(THIS_MODULE, "kiln");	     /* note: lin-errptr-check "class_create" */
	if (class_create_file(kiln_class, &version_attr)) /* expect: lin-errptr-check "kiln_class" */
		pr_debug("kiln: no version\n");
	return 0;
}

int kiln_start(struct platform_device *pdev)
{
	(void)version_show;
	return kiln_probe(pdev) ?: kiln_heat(&pdev->dev) ?: kiln_class_init();
}
