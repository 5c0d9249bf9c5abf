/* The line is known by the cookie that the caller passed, and the caller cleans up. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>

struct gauge {
	struct pci_dev *pdev;
	int irq;
	void *ring;
};

static irqreturn_t gauge_interrupt(int irq, void *data)
{
	struct gauge *gauge = data;

	return gauge->ring ? IRQ_HANDLED : IRQ_NONE;
}

static int gauge_make_ring(struct gauge *gauge)
{
	gauge->ring = kmalloc(512, GFP_KERNEL);
	if (!gauge->ring)
		return -ENOMEM;
	if ((unsigned long)gauge->ring & 0xff)
		return -EIO;
	return 0;
}

static int gauge_start(struct gauge *gauge)
{
	int err;

	gauge->irq = gauge->pdev->irq;
	if (request_irq(gauge->irq, gauge_interrupt, IRQF_SHARED, "gauge", gauge)) {
		gauge->irq = -1;
		return -EIO;
	}
	err = gauge_make_ring(gauge);
	if (err)
		goto out;
	pr_info("gauge runs\n");
out:
	return err;
}

static void gauge_release(struct gauge *gauge)
{
	if (gauge->irq > 0)
		free_irq(gauge->irq, gauge);
	kfree(gauge->ring);
	kfree(gauge);
}

static int gauge_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct gauge *gauge = kzalloc(sizeof(*gauge), GFP_KERNEL);
	int err;

	if (!gauge)
		return -ENOMEM;
	gauge->pdev = pdev;
	err = gauge_start(gauge);
	if (!err) {
		pci_set_drvdata(pdev, gauge);
		return 0;
	}
	gauge_release(gauge);
	return err;
}

static void gauge_remove(struct pci_dev *pdev)
{
	gauge_release(pci_get_drvdata(pdev));
}

static const struct pci_device_id gauge_ids[] = { { PCI_DEVICE(0x1234, 0x5678) }, { 0 } };
MODULE_DEVICE_TABLE(pci, gauge_ids);

static struct pci_driver gauge_driver = {
	.name = "gauge",
	.id_table = gauge_ids,
	.probe = gauge_probe,
	.remove = gauge_remove,
};
module_pci_driver(gauge_driver);

MODULE_LICENSE("GPL");
