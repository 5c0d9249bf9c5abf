/* The driver's remove frees its device and wakes those who wait for it: the driver itself stays registered. */
#include <linux/completion.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/workqueue.h>

static DECLARE_COMPLETION(gone);

static int kite_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	return pci_enable_device(pdev);
}

static void kite_remove(struct pci_dev *pdev)
{
	pci_disable_device(pdev);
	complete(&gone);
}

static const struct pci_device_id kite_ids[] = { { PCI_DEVICE(0x1234, 0x5678) }, {} };
MODULE_DEVICE_TABLE(pci, kite_ids);

static struct pci_driver kite_driver = {
	.name = "kite",
	.id_table = kite_ids,
	.probe = kite_probe,
	.remove = kite_remove,
};

static int __init kite_init(void)
{
	return pci_register_driver(&kite_driver); /* expect: lin-module-exit-missing "pci driver" */
}

static void __exit kite_exit(void)
{
	pr_info("kite: gone\n");
}

module_init(kite_init);
module_exit(kite_exit);

MODULE_LICENSE("GPL");
