/* A SCSI host whose own reference remove never gives up. */
#include <linux/input.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/usb.h>
#include <scsi/scsi_host.h>

static struct scsi_host_template drum_template = {
	.module = THIS_MODULE,
	.name = "drum",
};

static int drum_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct Scsi_Host *host;
	int err;

	host = scsi_host_alloc(&drum_template, sizeof(long)); /* expect: lin-remove-missing "memory that scsi_host_alloc" */
	if (!host)
		return -ENOMEM;
	err = scsi_add_host(host, &pdev->dev);
	if (err) {
		scsi_host_put(host);
		return err;
	}
	pci_set_drvdata(pdev, host);
	return 0;
}

static void drum_remove(struct pci_dev *pdev) /* note: lin-remove-missing "`drum_remove` is called" */
{
	struct Scsi_Host *host = pci_get_drvdata(pdev);

	scsi_remove_host(host);
}

static const struct pci_device_id drum_ids[] = { { PCI_DEVICE(0x1234, 0x5678) }, {} };
MODULE_DEVICE_TABLE(pci, drum_ids);

static struct pci_driver drum_driver = {
	.name = "drum",
	.id_table = drum_ids,
	.probe = drum_probe,
	.remove = drum_remove,
};

module_pci_driver(drum_driver);

MODULE_LICENSE("GPL");
