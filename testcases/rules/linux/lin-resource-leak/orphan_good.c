/* The record around the handle is freed, and the handle is not lost. */
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
static struct dma_pool *spare_pool;

/* The pool is kept for the next one. */
int tray_register(struct pci_dev *pdev, int count)
{
	struct tray *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	t->pool = dma_pool_create("tray", &pdev->dev, 64, 16, 0);
	if (!t->pool) {
		kfree(t);
		return -ENOMEM;
	}
	t->slots = kmalloc_array(count, 16, GFP_KERNEL);
	if (!t->slots) {
		spare_pool = t->pool;
		kfree(t);
		return -ENOMEM;
	}
	list_add_tail(&t->link, &trays);
	return 0;
}

void tray_drop_spare(void)
{
	dma_pool_destroy(spare_pool);
}

struct plug {
	void __iomem *base;
	struct parport *port;
};

static struct parport_operations plug_ops;

/* The port has the mapping as its base. */
static int plug_probe(struct platform_device *pdev)
{
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	void __iomem *base;
	struct parport *port;

	if (!res)
		return -ENODEV;
	base = ioremap(res->start, resource_size(res));
	if (!base)
		return -ENOMEM;
	port = parport_register_port((unsigned long)base, 0, PARPORT_DMA_NONE, &plug_ops);
	if (!port) {
		iounmap(base);
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, port);
	return pdev->id < 0 ? -EINVAL : 0;
}

struct platform_driver plug_driver = { .probe = plug_probe };
