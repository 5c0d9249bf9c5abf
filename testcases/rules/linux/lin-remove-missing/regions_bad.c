/* The regions of a PCI device are released only when probe fails. */
#include <linux/input.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/usb.h>
#include <scsi/scsi_host.h>

static int crane_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	int err;

	err = pci_enable_device(pdev);
	if (err)
		return err;
	err = pci_request_regions(pdev, "crane"); /* expect: lin-remove-missing "pci regions" */
	if (err)
		goto disable;
	err = pci_set_power_state(pdev, PCI_D0);
	if (err)
		goto release;
	return 0;
release:
	pci_release_regions(pdev);
disable:
	pci_disable_device(pdev);
	return err;
}

static void crane_remove(struct pci_dev *pdev)
{
	pci_disable_device(pdev);
}

static const struct pci_device_id crane_ids[] = { { PCI_DEVICE(0x1234, 0x5678) }, {} };
MODULE_DEVICE_TABLE(pci, crane_ids);

static struct pci_driver crane_driver = {
	.name = "crane",
	.id_table = crane_ids,
	.probe = crane_probe,
	.remove = crane_remove,
};

module_pci_driver(crane_driver);

MODULE_LICENSE("GPL");
