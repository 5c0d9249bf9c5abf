/* The other module knows nothing of the record. */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>

#include "library.h"

struct sibling {
	struct mutex lock;
	int uses;
};

static ssize_t uses_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct sibling *sibling = dev_get_drvdata(dev);
	int uses;

	mutex_lock(&sibling->lock); /* expect: lin-init-missing "sibling->lock" */
	uses = ++sibling->uses;
	mutex_unlock(&sibling->lock);
	return sysfs_emit(buf, "%d\n", uses);
}

static DEVICE_ATTR_RO(uses);

static struct attribute *sibling_attrs[] = { &dev_attr_uses.attr, NULL };
ATTRIBUTE_GROUPS(sibling);

static int sibling_probe(struct platform_device *pdev)
{
	struct sibling *sibling = devm_kzalloc(&pdev->dev, sizeof(*sibling), GFP_KERNEL);

	if (!sibling)
		return -ENOMEM;
	platform_set_drvdata(pdev, sibling);
	return library_start(pdev);
}

static struct platform_driver sibling_driver = {
	.probe = sibling_probe,
	.driver = { .name = "sibling", .dev_groups = sibling_groups },
};

module_platform_driver(sibling_driver);
MODULE_LICENSE("GPL");
