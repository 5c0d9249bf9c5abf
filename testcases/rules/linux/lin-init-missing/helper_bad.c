/* Uses through a helper, and a timer of which only the time is set. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>

struct flute {
	wait_queue_head_t wait;
	struct timer_list timer;
};

static long flute_pause(wait_queue_head_t *queue, long time)
{
	DEFINE_WAIT(wait);

	prepare_to_wait(queue, &wait, TASK_INTERRUPTIBLE);
	time = schedule_timeout(time);
	finish_wait(queue, &wait);
	return time;
}

static int flute_suspend(struct platform_device *pdev, pm_message_t state)
{
	struct flute *flute = platform_get_drvdata(pdev);

	wake_up(&flute->wait); /* expect: lin-init-missing "flute->wait" */
	flute->timer.expires = jiffies + HZ;
	add_timer(&flute->timer); /* expect: lin-init-missing "flute->timer" */
	return flute_pause(&flute->wait, HZ) ? 0 : -EBUSY;
}

static int flute_probe(struct platform_device *pdev)
{
	struct flute *flute = devm_kzalloc(&pdev->dev, sizeof(*flute), GFP_KERNEL);

	if (!flute)
		return -ENOMEM;
	platform_set_drvdata(pdev, flute);
	return 0;
}

static int flute_remove(struct platform_device *pdev)
{
	struct flute *flute = platform_get_drvdata(pdev);

	del_timer_sync(&flute->timer);
	return 0;
}

static struct platform_driver flute_driver = {
	.probe = flute_probe,
	.remove = flute_remove,
	.suspend = flute_suspend,
	.driver = { .name = "flute" },
};

module_platform_driver(flute_driver);
MODULE_LICENSE("GPL");
