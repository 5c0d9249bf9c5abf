/* What was acquired under a condition that calls decide is released under the same one. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct barge {
	struct device dev;
	void *buffer;
	dma_addr_t address;
	size_t size;
	const char *name;
};

bool barge_has_own_memory(struct device *dev);
void *barge_own_memory(struct device *dev, dma_addr_t *address);
int barge_launch(struct barge *b);

int barge_setup(struct device *dev, struct barge *b)
{
	int err;

	if (barge_has_own_memory(dev)) {
		b->buffer = barge_own_memory(dev, &b->address);
	} else {
		b->buffer = dma_alloc_coherent(dev, b->size, &b->address, GFP_KERNEL);
		if (!b->buffer)
			return -ENOMEM;
	}
	err = barge_launch(b);
	if (err)
		goto free;
	return 0;

free:
	if (!barge_has_own_memory(dev))
		dma_free_coherent(dev, b->size, b->buffer, b->address);
	return err;
}

/* Asks the device whether it was registered. */
int barge_add(struct barge *b, const char *name)
{
	int err = -EINVAL;

	if (name) {
		err = device_register(&b->dev);
		if (err) {
			put_device(&b->dev);
			return err;
		}
	}
	err = barge_launch(b);
	if (err)
		goto unregister;
	return 0;

unregister:
	if (device_is_registered(&b->dev))
		device_unregister(&b->dev);
	return err;
}
