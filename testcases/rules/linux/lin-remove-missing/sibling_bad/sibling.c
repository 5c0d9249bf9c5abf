/* The build makes a module of this file alone: what it does not undo nobody does. */
#include <linux/module.h>
#include <linux/pci.h>

#include "library.h"

static int sibling_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int err;

	if (pci_enable_device(pdev)) /* expect: lin-remove-missing "pci device" */
		return -ENODEV;
	err = library_start(pdev, pdev->irq);
	if (err)
		pci_disable_device(pdev);
	return err;
}

static void sibling_remove(struct pci_dev *pdev)
{
	library_stop(pdev);
}

static const struct pci_device_id sibling_ids[] = { { PCI_DEVICE(0x1234, 0x5678) }, {} };
MODULE_DEVICE_TABLE(pci, sibling_ids);

static struct pci_driver sibling_driver = {
	.name = "sibling",
	.id_table = sibling_ids,
	.probe = sibling_probe,
	.remove = sibling_remove,
};
module_pci_driver(sibling_driver);
MODULE_LICENSE("GPL");
