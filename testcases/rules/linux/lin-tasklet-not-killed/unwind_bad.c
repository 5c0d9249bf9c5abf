/* Only the unwinding of a failed probe kills the tasklet; the remove function does not. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>

struct mill {
	void __iomem *regs;
	struct tasklet_struct tasklet;
	int irq;
	int turns;
};

static void mill_tasklet_fn(struct tasklet_struct *t)
{
	struct mill *mill = from_tasklet(mill, t, tasklet);

	mill->turns++;
}

static irqreturn_t mill_interrupt(int irq, void *data)
{
	struct mill *mill = data;

	if (!readl(mill->regs))
		return IRQ_NONE;
	tasklet_schedule(&mill->tasklet); /* expect: lin-tasklet-not-killed "mill->tasklet" */
	return IRQ_HANDLED;
}

static ssize_t turns_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct mill *mill = dev_get_drvdata(dev);

	return sysfs_emit(buf, "%d\n", mill->turns);
}
static DEVICE_ATTR_RO(turns);

static int mill_probe(struct platform_device *pdev)
{
	struct mill *mill;
	int err;

	mill = devm_kzalloc(&pdev->dev, sizeof(*mill), GFP_KERNEL);
	if (!mill)
		return -ENOMEM;
	mill->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(mill->regs))
		return PTR_ERR(mill->regs);
	mill->irq = platform_get_irq(pdev, 0);
	if (mill->irq < 0)
		return mill->irq;
	tasklet_setup(&mill->tasklet, mill_tasklet_fn);
	platform_set_drvdata(pdev, mill);
	err = request_irq(mill->irq, mill_interrupt, 0, "mill", mill);
	if (err)
		goto kill;
	err = device_create_file(&pdev->dev, &dev_attr_turns);
	if (err)
		goto free;
	return err;
free:
	free_irq(mill->irq, mill);
kill:
	tasklet_kill(&mill->tasklet);
	return err;
}

static int mill_remove(struct platform_device *pdev)
{
	struct mill *mill = platform_get_drvdata(pdev);

	device_remove_file(&pdev->dev, &dev_attr_turns);
	free_irq(mill->irq, mill);
	return 0;
}

static struct platform_driver mill_driver = {
	.probe = mill_probe,
	.remove = mill_remove,
	.driver = { .name = "mill" },
};

module_platform_driver(mill_driver);

MODULE_LICENSE("GPL");
