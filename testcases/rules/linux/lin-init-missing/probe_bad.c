/* A member that the probe forgets. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>

struct drum {
	spinlock_t lock;
	wait_queue_head_t wait;
	int beats;
};

static ssize_t beats_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct drum *drum = dev_get_drvdata(dev);
	int beats;

	spin_lock(&drum->lock); /* expect: lin-init-missing "drum->lock" */
	beats = drum->beats;
	spin_unlock(&drum->lock);
	wake_up(&drum->wait);
	return sysfs_emit(buf, "%d\n", beats);
}

static DEVICE_ATTR_RO(beats);

static struct attribute *drum_attrs[] = { &dev_attr_beats.attr, NULL };
ATTRIBUTE_GROUPS(drum);

static int drum_probe(struct platform_device *pdev)
{
	struct drum *drum = devm_kzalloc(&pdev->dev, sizeof(*drum), GFP_KERNEL); /* note: lin-init-missing "`drum_probe` makes the record here" */

	if (!drum)
		return -ENOMEM;
	init_waitqueue_head(&drum->wait); /* note: lin-init-missing "initialises another member of the record here" */
	platform_set_drvdata(pdev, drum);
	return 0;
}

static struct platform_driver drum_driver = {
	.probe = drum_probe,
	.driver = { .name = "drum", .dev_groups = drum_groups },
};

module_platform_driver(drum_driver);
MODULE_LICENSE("GPL");
