/* A mapping that is copied to another field has two names; one of unknown origin has none. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>

struct lift {
	void __iomem *mapped;
	void __iomem *base;
	void __iomem *door;
};

static int lift_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct lift *lift = devm_kzalloc(&pdev->dev, sizeof(*lift), GFP_KERNEL);

	if (!lift)
		return -ENOMEM;
	lift->mapped = pci_iomap(pdev, 0, 0);
	if (!lift->mapped)
		return -ENOMEM;
	lift->base = lift->mapped;
	lift->door = pci_iomap(pdev, 1, 0);
	if (!lift->door) {
		pci_iounmap(pdev, lift->base);
		return -ENOMEM;
	}
	pci_set_drvdata(pdev, lift);
	return 0;
}

static void lift_remove(struct pci_dev *pdev)
{
	struct lift *lift = pci_get_drvdata(pdev);

	pci_iounmap(pdev, lift->door);
	pci_iounmap(pdev, lift->base);
}

static const struct pci_device_id lift_ids[] = { { PCI_DEVICE(0x1234, 0x5678) }, {} };
MODULE_DEVICE_TABLE(pci, lift_ids);

static struct pci_driver lift_driver = {
	.name = "lift",
	.id_table = lift_ids,
	.probe = lift_probe,
	.remove = lift_remove,
};
module_pci_driver(lift_driver);
MODULE_LICENSE("GPL");
