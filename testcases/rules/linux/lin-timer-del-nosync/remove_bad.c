/* The timer is in memory that goes with the device. */
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct bell {
	struct timer_list ring;
	int count;
};

static void bell_ring(struct timer_list *ring)
{
	struct bell *bell = from_timer(bell, ring, ring);

	bell->count++;
}

static int bell_probe(struct platform_device *pdev)
{
	struct bell *bell = devm_kzalloc(&pdev->dev, sizeof(*bell), GFP_KERNEL);

	if (!bell)
		return -ENOMEM;
	timer_setup(&bell->ring, bell_ring, 0);
	platform_set_drvdata(pdev, bell);
	mod_timer(&bell->ring, jiffies + HZ);
	return 0;
}

static int bell_remove(struct platform_device *pdev)
{
	struct bell *bell = platform_get_drvdata(pdev);

	del_timer(&bell->ring); /* expect: lin-timer-del-nosync "del_timer does not wait for bell_ring" */
	return 0;
}

static struct platform_driver bell_driver = {
	.probe = bell_probe,
	.remove = bell_remove,
	.driver = { .name = "bell" },
};

module_platform_driver(bell_driver);
MODULE_LICENSE("GPL");
