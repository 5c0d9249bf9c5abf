/* A failed function leaves memory in a structure, and somebody else frees it. */
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mod_devicetable.h>
#include <linux/nvmem-consumer.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct pump {
	struct list_head link;
	u8 *table, *log;
	struct nvmem_device *store;
	int rate, busy;
};

static LIST_HEAD(pumps);

int pump_attach(struct pump *p);

/* The function of another file that has got the structure may have freed the table. */
static int pump_probe(struct platform_device *pdev)
{
	struct pump *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int err;

	if (!p)
		return -ENOMEM;
	p->table = kzalloc(256, GFP_KERNEL);
	if (!p->table)
		return -ENOMEM;
	err = pump_attach(p);
	if (err)
		return err;
	platform_set_drvdata(pdev, p);
	return 0;
}

struct platform_driver pump_driver = { .probe = pump_probe };

/* The list has got the pump and what hangs in it. */
static int pump_list_probe(struct platform_device *pdev)
{
	struct pump *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->table = kzalloc(256, GFP_KERNEL);
	if (!p->table) {
		kfree(p);
		return -ENOMEM;
	}
	list_add(&p->link, &pumps);
	return pdev->id < 0 ? -EINVAL : 0;
}

struct platform_driver pump_list_driver = { .probe = pump_list_probe };

static void pump_free(struct pump *p)
{
	if (p->busy)
		return;
	kfree(p->table);
	kfree(p->log);
}

/* The helper frees both, or knows why it does not. */
int pump_alloc(struct pump *p)
{
	p->table = kzalloc(256, GFP_KERNEL);
	if (!p->table)
		goto fail;
	p->log = kzalloc(256, GFP_KERNEL);
	if (!p->log)
		goto fail;
	return 0;
fail:
	pump_free(p);
	return -ENOMEM;
}

/* Once it is written it may belong to the store: only where that fails it is freed here. */
int pump_flush(struct pump *p)
{
	u8 *data = kzalloc(32, GFP_KERNEL);
	int err;

	if (!data)
		return -ENOMEM;
	err = nvmem_device_write(p->store, 0, 32, data);
	if (err) {
		kfree(data);
		return err;
	}
	if (p->rate > 100)
		return -ERANGE;
	return 0;
}

/* Each round's buffer goes to the pump; only the one at hand is freed. */
int pump_fill(struct pump *all, int count)
{
	u8 *data;
	int i, err = -ENOMEM;

	for (i = 0; i < count; i++) {
		data = kzalloc(32, GFP_KERNEL);
		if (!data)
			goto fail;
		err = pump_attach(&all[i]);
		if (err)
			goto free;
		all[i].log = data;
	}
	return 0;
free:
	kfree(data);
fail:
	return err;
}
