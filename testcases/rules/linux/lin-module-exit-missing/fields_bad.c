/* Fields without a type of their own still tell mappings apart, and ports are not memory. */
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>

struct crane {
	void __iomem *hook;
	void __iomem *boom;
	bool is_io;
};

static int crane_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct crane *crane = devm_kzalloc(&pdev->dev, sizeof(*crane), GFP_KERNEL);
	void __iomem *boom;

	if (!crane)
		return -ENOMEM;
	crane->hook = pci_iomap(pdev, 0, 0); /* expect: lin-module-exit-missing "i/o mapping" */
	if (!crane->hook)
		return -ENOMEM;
	boom = pci_iomap(pdev, 1, 0);
	if (!boom) {
		pci_iounmap(pdev, crane->hook);
		return -ENOMEM;
	}
	crane->boom = boom;
	pci_set_drvdata(pdev, crane);
	return 0;
}

static void crane_remove(struct pci_dev *pdev)
{
	struct crane *crane = pci_get_drvdata(pdev);

	pci_iounmap(pdev, crane->boom);
}

static const struct pci_device_id crane_ids[] = { { PCI_DEVICE(0x1234, 0x5678) }, {} };
MODULE_DEVICE_TABLE(pci, crane_ids);

static struct pci_driver crane_driver = {
	.name = "crane",
	.id_table = crane_ids,
	.probe = crane_probe,
	.remove = crane_remove,
};

static int winch_probe(struct platform_device *pdev)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);

	if (res) {
		if (!request_mem_region(res->start, 16, "winch")) /* expect: lin-module-exit-missing "i/o region" */
			return -EBUSY;
	} else if (!request_region(0x300, 16, "winch")) {
		return -EBUSY;
	}
	return 0;
}

static int winch_remove(struct platform_device *pdev)
{
	if (!platform_get_resource(pdev, IORESOURCE_MEM, 0))
		release_region(0x300, 16);
	return 0;
}

static struct platform_driver winch_driver = {
	.probe = winch_probe,
	.remove = winch_remove,
	.driver = { .name = "winch" },
};

static int __init crane_init(void)
{
	int err = pci_register_driver(&crane_driver);

	if (err)
		return err;
	err = platform_driver_register(&winch_driver);
	if (err)
		pci_unregister_driver(&crane_driver);
	return err;
}

static void __exit crane_exit(void)
{
	platform_driver_unregister(&winch_driver);
	pci_unregister_driver(&crane_driver);
}

module_init(crane_init);
module_exit(crane_exit);
MODULE_LICENSE("GPL");
