/* Helpers that initialise what they are given, or that may. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>

struct organ {
	wait_queue_head_t wait;
	struct timer_list timer;
	int pipes;
};

static void organ_fire(struct timer_list *timer)
{
	struct organ *organ = from_timer(organ, timer, timer);

	wake_up(&organ->wait);
}

/* trap: lin-init-missing helper */
static void organ_prepare(wait_queue_head_t *queue, struct timer_list *timer)
{
	init_waitqueue_head(queue);
	timer_setup(timer, organ_fire, 0);
}

static int organ_probe(struct platform_device *pdev)
{
	struct organ *organ = devm_kzalloc(&pdev->dev, sizeof(*organ), GFP_KERNEL);

	if (!organ)
		return -ENOMEM;
	organ_prepare(&organ->wait, &organ->timer);
	mod_timer(&organ->timer, jiffies + HZ);
	platform_set_drvdata(pdev, organ);
	return 0;
}

static int organ_remove(struct platform_device *pdev)
{
	struct organ *organ = platform_get_drvdata(pdev);

	del_timer_sync(&organ->timer);
	return 0;
}

static struct platform_driver organ_driver = {
	.probe = organ_probe,
	.remove = organ_remove,
	.driver = { .name = "organ" },
};

module_platform_driver(organ_driver);
MODULE_LICENSE("GPL");
