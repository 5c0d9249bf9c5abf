/* Memory that hangs in a structure which outlives the failed function: nobody frees it there. */
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mod_devicetable.h>
#include <linux/nvmem-consumer.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct pump {
	struct miscdevice misc;
	char *name;
	u8 *table, *log;
	struct nvmem_device *store;
	int rate;
};

/* The structure goes with the device, what is stored in it does not. */
static int pump_probe(struct platform_device *pdev)
{
	struct pump *p = devm_kzalloc(&pdev->dev, sizeof(*p), GFP_KERNEL);
	int err;

	if (!p)
		return -ENOMEM;
	p->name = kstrdup("pump", GFP_KERNEL); /* note: lin-mem-leak "allocated here" */
	if (!p->name)
		return -ENOMEM;
	p->misc.name = "pump";
	platform_set_drvdata(pdev, p);
	err = misc_register(&p->misc);
	if (err)
		return err; /* expect: lin-mem-leak "p->name is never freed when pump_probe returns" */
	return 0;
}

static int pump_remove(struct platform_device *pdev)
{
	struct pump *p = platform_get_drvdata(pdev);

	misc_deregister(&p->misc);
	kfree(p->name);
	return 0;
}

struct platform_driver pump_driver = { .probe = pump_probe, .remove = pump_remove };

/* Freed by this function after one failure and not after the other. */
int pump_start(struct pump *p)
{
	p->table = kzalloc(256, GFP_KERNEL); /* note: lin-mem-leak "allocated here" */
	if (!p->table)
		return -ENOMEM;
	if (p->rate < 0) {
		kfree(p->table);
		return -EINVAL;
	}
	if (p->rate > 100)
		return -ERANGE; /* expect: lin-mem-leak "p->table is never freed" */
	return 0;
}

/* The same callee had got it, with the same outcome, where it is freed. */
int pump_flush(struct pump *p)
{
	u8 *data = kzalloc(32, GFP_KERNEL); /* note: lin-mem-leak "allocated here" */

	if (!data)
		return -ENOMEM;
	nvmem_device_write(p->store, 0, 32, data);
	if (p->rate > 100)
		return -ERANGE; /* expect: lin-mem-leak "data is never freed" */
	kfree(data);
	return 0;
}

/* What it hung in is freed without it. */
struct pump *pump_create(struct platform_device *pdev)
{
	struct pump *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	platform_set_drvdata(pdev, p);
	p->name = kstrdup("pump", GFP_KERNEL); /* note: lin-mem-leak "allocated here" */
	if (!p->name || pdev->id < 0) {
		kfree(p);
		return NULL; /* expect: lin-mem-leak "p->name is never freed" */
	}
	return p;
}
