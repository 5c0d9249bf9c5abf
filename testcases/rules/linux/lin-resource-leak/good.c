/* Everything is given back before the failure is returned, or by somebody else. */
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
	err = pcim_enable_device(pdev);
	if (err)
		return err;
	f->regs = pcim_iomap(pdev, 0, 0);
	if (!f->regs)
		return -ENOMEM;
	pci_set_drvdata(pdev, f);
	return 0;
}

struct pci_driver fan_pci_driver = { .probe = fan_pci_probe };

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
	err = clk_prepare_enable(f->clk);
	if (err)
		return err;
	err = fan_measure(f);
	if (err)
		goto disable;
	platform_set_drvdata(pdev, f);
	return 0;

disable:
	clk_disable_unprepare(f->clk);
	return err;
}

static int fan_remove(struct platform_device *pdev)
{
	struct fan *f = platform_get_drvdata(pdev);

	clk_disable_unprepare(f->clk);
	return 0;
}

struct platform_driver fan_driver = { .probe = fan_probe, .remove = fan_remove };

/* trap: lin-resource-leak undone-by-caller */
int fan_power(struct fan *f)
{
	int err = regulator_enable(f->supply);

	if (err)
		return err;
	return fan_measure(f);
}

static void fan_cut(void *data)
{
	regulator_disable(data);
}

/* Undone when the device goes. */
static int fan_auto_probe(struct platform_device *pdev)
{
	struct regulator *supply = devm_regulator_get(&pdev->dev, "fan");
	struct input_dev *input;
	int err;

	if (IS_ERR(supply))
		return PTR_ERR(supply);
	err = regulator_enable(supply);
	if (err)
		return err;
	err = devm_add_action_or_reset(&pdev->dev, fan_cut, supply);
	if (err)
		return err;
	input = devm_input_allocate_device(&pdev->dev);
	if (!input)
		return -ENOMEM;
	err = input_register_device(input);
	if (err)
		return err;
	return pdev->id < 0 ? -EINVAL : 0;
}

struct platform_driver fan_auto_driver = { .probe = fan_auto_probe };

int fan_adopt(struct fan *f, void __iomem *regs);

/* Another file has got the mapping and unmaps it. */
int fan_map(struct fan *f, unsigned long start)
{
	void __iomem *regs = ioremap(start, 64);
	int err;

	if (!regs)
		return -ENOMEM;
	err = fan_adopt(f, regs);
	if (err)
		return err;
	return f->speed < 0 ? -EINVAL : 0;
}

int fan_start(struct fan *f)
{
	int err = fan_power(f);

	if (err)
		regulator_disable(f->supply);
	return err;
}

static int fan_wake(struct fan *f, int deep)
{
	int err = regulator_enable(f->supply);

	if (err)
		return err;
	if (!deep)
		return -EINVAL;
	return 0;
}

static void fan_sleep(struct fan *f)
{
	regulator_disable(f->supply);
}

/* The only caller undoes what its helper has left. */
int fan_try(struct fan *f)
{
	int err = fan_wake(f, f->speed > 3);

	if (err)
		fan_sleep(f);
	return err;
}
