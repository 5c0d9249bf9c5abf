/* A driver whose remove function forgets the record and the device. */
#include <linux/input.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/usb.h>
#include <scsi/scsi_host.h>

struct ladle {
	void __iomem *regs;
	int level;
	struct ladle_part {
		int size;
	} part;
};

/* A plain helper gets the record, it keeps nothing. */
/* trap: lin-remove-missing kept-by-others */
static void ladle_reset(struct ladle *ladle)
{
	ladle->level = 0;
	iowrite32(0, ladle->regs);
}

/* trap: lin-remove-missing member-released */
static int ladle_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct ladle *ladle;
	int err;

	err = pci_enable_device(pdev); /* expect: lin-remove-missing "pci device" */
	if (err)
		return err;
	ladle = kzalloc(sizeof(*ladle), GFP_KERNEL); /* expect: lin-remove-missing "memory" */
	if (!ladle) {
		err = -ENOMEM;
		goto disable;
	}
	ladle->regs = pci_ioremap_bar(pdev, 0);
	if (!ladle->regs) {
		err = -ENOMEM;
		goto free;
	}
	ladle_reset(ladle);
	pci_set_drvdata(pdev, ladle);
	return 0;
free:
	kfree(ladle);
disable:
	pci_disable_device(pdev);
	return err;
}

static void ladle_remove(struct pci_dev *pdev)
{
	struct ladle *ladle = pci_get_drvdata(pdev);

	iounmap(ladle->regs);
}

static const struct pci_device_id ladle_ids[] = { { PCI_DEVICE(0x1234, 0x5678) }, {} };

static struct pci_driver ladle_driver = {
	.name = "ladle",
	.id_table = ladle_ids,
	.probe = ladle_probe,
	.remove = ladle_remove,
};

static int __init ladle_init(void)
{
	return pci_register_driver(&ladle_driver);
}

static void __exit ladle_exit(void)
{
	pci_unregister_driver(&ladle_driver);
}

module_init(ladle_init);
module_exit(ladle_exit);
MODULE_LICENSE("GPL");
