/* A failing function that undoes one part of an object and forgets another. */
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mod_devicetable.h>
#include <linux/nvmem-consumer.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct ring {
	void *desc;
	dma_addr_t desc_dma;
	u8 *rx, *tx;
};

struct tuner {
	struct miscdevice misc;
	u16 *channels;
	void *scratch;
};

/* The table of the receiver is forgotten where the one of the sender is freed. */
int ring_alloc(struct device *dev, struct ring *r)
{
	r->rx = kcalloc(16, 64, GFP_KERNEL); /* note: lin-mem-leak "allocated here" */
	if (!r->rx)
		return -ENOMEM;
	r->tx = kcalloc(16, 64, GFP_KERNEL);
	if (!r->tx) {
		kfree(r->rx);
		return -ENOMEM;
	}
	r->desc = dma_alloc_coherent(dev, 4096, &r->desc_dma, GFP_KERNEL);
	if (!r->desc)
		goto free_tx;
	return 0;
free_tx:
	kfree(r->tx);
	return -ENOMEM; /* expect: lin-mem-leak "r->rx is never freed" */
}

/* No other way frees it: that the transmitter's table is freed tells. */
int ring_alloc_plain(struct device *dev, struct ring *r)
{
	r->rx = kcalloc(16, 64, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	r->desc = dma_alloc_coherent(dev, 4096, &r->desc_dma, GFP_KERNEL);
	if (!r->desc) {
		r->rx = NULL;
		return -ENOMEM;
	}
	r->tx = kcalloc(16, 64, GFP_KERNEL);
	if (!r->tx) {
		dma_free_coherent(dev, 4096, r->desc, r->desc_dma);
		return -ENOMEM; /* expect: lin-mem-leak "r->rx is never freed" */
	}
	return 0;
}

/* The registration of the part of it is undone. */
int tuner_start(struct tuner *t)
{
	int err = misc_register(&t->misc);

	if (err)
		return err;
	t->channels = kcalloc(100, sizeof(u16), GFP_KERNEL); /* note: lin-mem-leak "allocated here" */
	if (!t->channels) {
		misc_deregister(&t->misc);
		return -ENOMEM;
	}
	t->scratch = (void *)__get_free_page(GFP_KERNEL);
	if (!t->scratch) {
		misc_deregister(&t->misc);
		return -ENOMEM; /* expect: lin-mem-leak "t->channels is never freed" */
	}
	return 0;
}
