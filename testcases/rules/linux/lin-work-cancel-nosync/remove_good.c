/* The work is waited for. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct bell {
	struct work_struct ring;
	int count;
};

static void bell_ring(struct work_struct *ring)
{
	struct bell *bell = container_of(ring, struct bell, ring);

	bell->count++;
}

static int bell_probe(struct platform_device *pdev)
{
	struct bell *bell = devm_kzalloc(&pdev->dev, sizeof(*bell), GFP_KERNEL);

	if (!bell)
		return -ENOMEM;
	INIT_WORK(&bell->ring, bell_ring);
	platform_set_drvdata(pdev, bell);
	schedule_work(&bell->ring);
	return 0;
}

static int bell_remove(struct platform_device *pdev)
{
	struct bell *bell = platform_get_drvdata(pdev);

	cancel_work(&bell->ring);
	flush_work(&bell->ring);
	return 0;
}

static struct platform_driver bell_driver = {
	.probe = bell_probe,
	.remove = bell_remove,
	.driver = { .name = "bell" },
};

module_platform_driver(bell_driver);
MODULE_LICENSE("GPL");
