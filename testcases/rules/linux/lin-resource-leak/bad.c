/* Probes that fail and keep what they acquired: the remove function is not called after that. */
#include <linux/clk.h>
#include <linux/errno.h>
#include <linux/input.h>
#include <linux/io.h>
#include <linux/mod_devicetable.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

struct fan {
	void __iomem *regs;
	struct clk *clk;
	struct regulator *supply;
	int speed;
};

static int fan_measure(struct fan *f)
{
	return readl(f->regs) == 0xffffffff ? -EIO : 0;
}

/* trap: lin-resource-leak managed */
static int fan_pci_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct fan *f = devm_kzalloc(&pdev->dev, sizeof(*f), GFP_KERNEL);
	int err;

	if (!f)
		return -ENOMEM;
	err = pci_enable_device(pdev); /* note: lin-resource-leak "pdev is enabled here" */
	if (err)
		return err;
	f->regs = pci_iomap(pdev, 0, 0);
	if (!f->regs)
		return -ENOMEM; /* expect: lin-resource-leak "fan_pci_probe fails here and leaves behind pdev" */
	pci_set_drvdata(pdev, f);
	return 0;
}

static void fan_pci_remove(struct pci_dev *pdev)
{
	struct fan *f = pci_get_drvdata(pdev);

	pci_iounmap(pdev, f->regs);
	pci_disable_device(pdev);
}

struct pci_driver fan_pci_driver = { .probe = fan_pci_probe, .remove = fan_pci_remove };

/* trap: lin-resource-leak kept-on-success */
static int fan_probe(struct platform_device *pdev)
{
	struct fan *f = devm_kzalloc(&pdev->dev, sizeof(*f), GFP_KERNEL);
	int err;

	if (!f)
		return -ENOMEM;
	f->clk = devm_clk_get(&pdev->dev, NULL);
	if (IS_ERR(f->clk))
		return PTR_ERR(f->clk);
	f->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(f->regs))
		return PTR_ERR(f->regs);
	err = clk_prepare_enable(f->clk); /* note: lin-resource-leak "enabled here" */
	if (err)
		return err;
	err = fan_measure(f);
	if (err)
		return err; /* expect: lin-resource-leak "the enabled clock" */
	platform_set_drvdata(pdev, f);
	return 0;
}

static int fan_remove(struct platform_device *pdev)
{
	struct fan *f = platform_get_drvdata(pdev);

	clk_disable_unprepare(f->clk);
	return 0;
}

struct platform_driver fan_driver = { .probe = fan_probe, .remove = fan_remove };

/* It undoes its work on one way and not on the other. */
/* trap: lin-resource-leak undone-by-caller */
int fan_power(struct fan *f)
{
	int err = regulator_enable(f->supply); /* note: lin-resource-leak "enabled here" */

	if (err)
		return err;
	if (f->speed < 0)
		return -EINVAL; /* expect: lin-resource-leak "f->supply" */
	err = fan_measure(f);
	if (err) {
		regulator_disable(f->supply);
		return err;
	}
	return 0;
}

void fan_rest(struct fan *f)
{
	regulator_disable(f->supply);
}

static int fan_wake(struct fan *f, int deep)
{
	int err = regulator_enable(f->supply);

	if (err)
		return err;
	if (!deep)
		return -EINVAL; /* expect: lin-resource-leak "f->supply" */
	return 0;
}

/* The only caller undoes nothing. */
int fan_try(struct fan *f)
{
	return fan_wake(f, f->speed > 3);
}
