/* A network device that remove unregisters and does not free. */
#include <linux/etherdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/parport.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct wire {
	struct net_device *ndev;
	int speed;
};

static const struct net_device_ops wire_ops = {
	.ndo_validate_addr = eth_validate_addr,
};

static int wire_probe(struct platform_device *pdev)
{
	struct net_device *ndev;
	int err;

	ndev = alloc_etherdev(sizeof(struct wire)); /* expect: lin-remove-missing "memory that alloc_etherdev" */
	if (!ndev)
		return -ENOMEM;
	ndev->netdev_ops = &wire_ops;
	platform_set_drvdata(pdev, ndev);
	err = register_netdev(ndev);
	if (err)
		free_netdev(ndev);
	return err;
}

static int wire_remove(struct platform_device *pdev) /* note: lin-remove-missing "`wire_remove` is called as driver-remove and does not release it" */
{
	struct net_device *ndev = platform_get_drvdata(pdev);

	unregister_netdev(ndev);
	return 0;
}

static struct platform_driver wire_driver = {
	.probe = wire_probe,
	.remove = wire_remove,
	.driver = { .name = "wire" },
};

module_platform_driver(wire_driver);

MODULE_LICENSE("GPL");
