/* The record goes to a part of the kernel that nothing is known of. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

struct crank {
	int state;
};

extern int crankcase_adopt(struct platform_device *pdev, struct crank *crank);

/* trap: lin-remove-missing kept-by-others */
static int crank_probe(struct platform_device *pdev)
{
	struct crank *crank = kzalloc(sizeof(*crank), GFP_KERNEL);
	int err;

	if (!crank)
		return -ENOMEM;
	err = crankcase_adopt(pdev, crank);
	if (err) {
		kfree(crank);
		return err;
	}
	return 0;
}

static int crank_remove(struct platform_device *pdev)
{
	dev_info(&pdev->dev, "gone\n");
	return 0;
}

static struct platform_driver crank_driver = {
	.probe = crank_probe,
	.remove = crank_remove,
	.driver = { .name = "crank" },
};

module_platform_driver(crank_driver);
MODULE_LICENSE("GPL");
