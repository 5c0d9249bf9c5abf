/* Other files of the driver give back what probe acquired, or nothing is to be given back. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/input.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

struct knob {
	void __iomem *regs;
	struct regulator *supply;
	int (*calibrate)(struct knob *knob);
};

int knob_init_hardware(struct knob *knob);
void knob_unmap(struct knob *knob);

/* By its name it undoes, and nobody else does. */
static int knob_probe(struct platform_device *pdev)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	struct knob *knob = devm_kzalloc(&pdev->dev, sizeof(*knob), GFP_KERNEL);
	int err;

	if (!knob || !res)
		return -ENOMEM;
	knob->regs = ioremap(res->start, resource_size(res));
	if (!knob->regs)
		return -ENOMEM;
	err = knob_init_hardware(knob);
	if (err)
		knob_unmap(knob);
	return err;
}

struct platform_driver knob_driver = { .probe = knob_probe };

/* What one call switches on another switches off, also when the mode could not be set. */
static int knob_set_mode(struct knob *knob, bool on)
{
	int err = on ? regulator_enable(knob->supply) : regulator_disable(knob->supply);

	if (err)
		return err;
	return knob->calibrate(knob);
}

int knob_resume(struct knob *knob)
{
	return knob_set_mode(knob, true);
}

int knob_suspend(struct knob *knob)
{
	return knob_set_mode(knob, false);
}

/* The handle is where it was after the call that nobody can follow. */
int knob_power(struct knob *knob)
{
	int err;

	if (knob->supply) {
		err = regulator_enable(knob->supply);
		if (err)
			return err;
	}
	err = knob->calibrate(knob);
	if (err)
		goto disable;
	return 0;
disable:
	if (knob->supply)
		regulator_disable(knob->supply);
	return err;
}

static struct platform_device *knob_device;

int knob_add_device(void)
{
	int err;

	knob_device = platform_device_alloc("knob", -1);
	if (!knob_device)
		return -ENOMEM;
	err = platform_device_add(knob_device);
	if (err)
		platform_device_put(knob_device);
	return err;
}

void knob_remove_device(void)
{
	platform_device_unregister(knob_device);
}

/* It fails always, so that another driver may have the device. */
static int knob_look(struct pci_dev *pdev, const struct pci_device_id *id)
{
	if (!pci_resource_start(pdev, 0))
		return -ENODEV;
	if (knob_add_device())
		return -ENODEV;
	knob_device = platform_device_alloc("look", -1);
	return -ENODEV;
}

struct pci_driver knob_pci_driver = { .probe = knob_look };
