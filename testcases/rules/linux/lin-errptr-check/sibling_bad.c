/* Error pointers that are not tested where others are, or that are handed on to the kernel untested. */
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

struct valve {
	void __iomem *control, *status;
	struct clk *clk;
	struct device dev;
};

int valve_register(struct valve *v);

static struct class *valve_class;

/* The other window is tested, and what other files do with this one is not seen. */
int valve_map(struct platform_device *pdev, struct valve *v)
{
	v->control = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(v->control))
		return PTR_ERR(v->control);
	v->status = devm_platform_ioremap_resource(pdev, 1); /* expect: lin-errptr-check "v->status is never tested" */
	return valve_register(v);
}

/* Kept in a record that other files share; the only use in this one does not ask. */
void valve_clock(struct platform_device *pdev, struct valve *v)
{
	v->clk = devm_clk_get(&pdev->dev, NULL); /* expect: lin-errptr-check "v->clk is never tested" */
}

unsigned long valve_rate(struct valve *v)
{
	return clk_get_rate(v->clk);
}

/* The device core uses it. */
void valve_name(struct valve *v)
{
	v->dev.class = valve_class;
}

static int __init valve_init(void)
{
	valve_class = class_create(THIS_MODULE, "valve"); /* expect: lin-errptr-check "valve_class is never tested" */
	return 0;
}

static void __exit valve_exit(void)
{
	class_destroy(valve_class);
}

module_init(valve_init);
module_exit(valve_exit);
MODULE_LICENSE("GPL");
