/* One part of an object is freed after a failure, and the other rightly not. */
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mod_devicetable.h>
#include <linux/nvmem-consumer.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct ring {
	void *desc, *spare;
	dma_addr_t desc_dma;
	u8 *rx, *tx;
};

struct frame {
	u64 addr;
	u32 size;
};

void ring_recover(struct ring *r);
void frame_free(struct device *dev, struct frame *f);

/* What is only needed for a while is freed on each way: no unwinding. */
int ring_load(struct ring *r)
{
	r->rx = kzalloc(64, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	r->spare = kzalloc(64, GFP_KERNEL);
	if (!r->spare)
		return -ENOMEM;
	r->rx[0] = 1;
	kfree(r->spare);
	if (r->rx[1])
		return -EINVAL;
	return 0;
}

/* Cleared: whoever cleans up the rest does not free it twice. */
int ring_alloc(struct ring *r)
{
	r->rx = kzalloc(64, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	r->tx = kzalloc(64, GFP_KERNEL);
	if (!r->tx)
		return -ENOMEM;
	if (r->rx == r->desc) {
		kfree(r->tx);
		r->tx = NULL;
		return -EINVAL;
	}
	return 0;
}

/* The function of another file may free what it finds in the ring. */
int ring_open(struct ring *r, int mode)
{
	r->rx = kzalloc(64, GFP_KERNEL);
	if (!r->rx)
		return -ENOMEM;
	r->tx = kzalloc(64, GFP_KERNEL);
	if (!r->tx) {
		ring_recover(r);
		return -ENOMEM;
	}
	if (mode > 3) {
		ring_recover(r);
		kfree(r->tx);
		return -EINVAL;
	}
	return 0;
}

static void frame_end(struct device *dev, struct frame *f)
{
	dma_unmap_single(dev, f->addr, f->size, DMA_TO_DEVICE);
	kfree(phys_to_virt(f->addr));
}

/* Each frame has a header; those made so far are freed through their addresses. */
int frames_build(struct device *dev, struct frame *frames, int total)
{
	struct frame *f = frames;
	int i, k, left, err = -ENOMEM, made = 0;
	dma_addr_t addr;
	u8 *header;

	while (total > 0) {
		if (f->size > 4096)
			goto undo;
		header = kmalloc(64, GFP_ATOMIC);
		if (!header)
			goto undo;
		addr = dma_map_single(dev, header, 64, DMA_TO_DEVICE);
		if (dma_mapping_error(dev, addr)) {
			kfree(header);
			goto undo;
		}
		left = f->size;
		for (k = 0; left > 0; k++)
			left -= k;
		f->addr = addr;
		f++;
		made++;
		total--;
	}
	return made;
undo:
	for (i = 0; i < made; i++)
		frame_end(dev, &frames[i]);
	return err; /* ok: lin-mem-leak */
}
