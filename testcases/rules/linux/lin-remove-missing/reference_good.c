/* Records that go by other ways than a kfree in remove. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

struct hatch {
	struct kref count;
	int state;
};

static void hatch_free(struct kref *count)
{
	kfree(container_of(count, struct hatch, count));
}

/* trap: lin-remove-missing member-released */
static int hatch_probe(struct platform_device *pdev)
{
	struct hatch *hatch = kzalloc(sizeof(*hatch), GFP_KERNEL);

	if (!hatch)
		return -ENOMEM;
	kref_init(&hatch->count);
	platform_set_drvdata(pdev, hatch);
	return 0;
}

static int hatch_remove(struct platform_device *pdev)
{
	struct hatch *hatch = platform_get_drvdata(pdev);

	kref_put(&hatch->count, hatch_free);
	return 0;
}

static struct platform_driver hatch_driver = {
	.probe = hatch_probe,
	.remove = hatch_remove,
	.driver = { .name = "hatch" },
};

module_platform_driver(hatch_driver);
MODULE_LICENSE("GPL");
