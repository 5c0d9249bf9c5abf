/* The remove function's helper deletes it. */
#include <linux/completion.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>

struct heater {
	struct timer_list timer;
	int degrees;
};

static void heater_arm(struct heater *h)
{
	mod_timer(&h->timer, jiffies + HZ); /* ok: lin-timer-not-deleted */
}

static void heater_tick(struct timer_list *t)
{
	struct heater *h = from_timer(h, t, timer);

	h->degrees++;
	heater_arm(h);
}

/* trap: lin-timer-not-deleted helper-deletes */
static void heater_quiet(struct heater *h)
{
	h->degrees = 0;
	del_timer_sync(&h->timer);
}

static int heater_probe(struct platform_device *pdev)
{
	struct heater *h = devm_kzalloc(&pdev->dev, sizeof(*h), GFP_KERNEL);

	if (!h)
		return -ENOMEM;
	timer_setup(&h->timer, heater_tick, 0);
	platform_set_drvdata(pdev, h);
	heater_arm(h);
	return 0;
}

static int heater_remove(struct platform_device *pdev)
{
	heater_quiet(platform_get_drvdata(pdev));
	return 0;
}

static struct platform_driver heater_driver = {
	.probe = heater_probe,
	.remove = heater_remove,
	.driver = { .name = "heater" },
};
module_platform_driver(heater_driver);
MODULE_LICENSE("GPL");
