/* What held the handle is freed, so nobody can give the handle back later. */
#include <linux/clk.h>
#include <linux/dmapool.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/parport.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct tray {
	struct list_head link;
	void *slots;
	struct dma_pool *pool;
};

static LIST_HEAD(trays);

int tray_register(struct pci_dev *pdev, int count)
{
	struct tray *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	t->slots = kmalloc_array(count, 16, GFP_KERNEL);
	t->pool = dma_pool_create("tray", &pdev->dev, 64, 16, 0);
	if (!t->slots || !t->pool)
		goto failed;
	list_add_tail(&t->link, &trays);
	return 0;
failed:
	kfree(t->slots);
	kfree(t);
	return -ENOMEM; /* expect: lin-resource-leak "tray_register fails here and leaves behind t->pool" */
}

void tray_unregister(struct tray *t)
{
	list_del(&t->link);
	dma_pool_destroy(t->pool);
	kfree(t->slots);
	kfree(t);
}

struct plug {
	void __iomem *base;
	struct parport *port;
};

static struct parport_operations plug_ops;

/* No port came of it: the mapping is still this function's. */
static int plug_probe(struct platform_device *pdev)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	struct plug *p;

	if (!res)
		return -ENODEV;
	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	p->base = ioremap(res->start, resource_size(res));
	if (!p->base) {
		kfree(p);
		return -ENOMEM;
	}
	p->port = parport_register_port((unsigned long)p->base, 0, PARPORT_DMA_NONE, &plug_ops);
	if (!p->port) {
		kfree(p);
		return -ENOMEM; /* expect: lin-resource-leak "plug_probe fails here and leaves behind p->base" */
	}
	platform_set_drvdata(pdev, p);
	return 0;
}

static int plug_remove(struct platform_device *pdev)
{
	struct plug *p = platform_get_drvdata(pdev);

	parport_remove_port(p->port);
	iounmap(p->base);
	kfree(p);
	return 0;
}

struct platform_driver plug_driver = { .probe = plug_probe, .remove = plug_remove };

struct watch {
	struct clk *clk;
};

static int watch_start(struct watch *w, struct device *dev)
{
	return of_property_read_bool(dev->of_node, "broken") ? -EIO : 0;
}

/* A probe that is given when the driver is registered. */
static int __init watch_probe(struct platform_device *pdev)
{
	struct watch *w = devm_kzalloc(&pdev->dev, sizeof(*w), GFP_KERNEL);
	int err;

	if (!w)
		return -ENOMEM;
	w->clk = devm_clk_get(&pdev->dev, NULL);
	if (IS_ERR(w->clk))
		return PTR_ERR(w->clk);
	err = clk_prepare_enable(w->clk);
	if (err)
		return err;
	err = watch_start(w, &pdev->dev);
	if (err)
		return err; /* expect: lin-resource-leak "watch_probe fails here and leaves behind w->clk" */
	platform_set_drvdata(pdev, w);
	return 0;
}

static int __exit watch_remove(struct platform_device *pdev)
{
	struct watch *w = platform_get_drvdata(pdev);

	clk_disable_unprepare(w->clk);
	return 0;
}

static struct platform_driver watch_driver = {
	.remove = __exit_p(watch_remove),
	.driver = { .name = "watch" },
};
module_platform_driver_probe(watch_driver, watch_probe);
MODULE_LICENSE("GPL");
