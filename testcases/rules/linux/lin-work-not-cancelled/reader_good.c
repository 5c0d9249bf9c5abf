/* The remove function itself waits for what the work wakes. */
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct gauge {
	struct work_struct sample_work;
	wait_queue_head_t idle;
	bool is_busy;
};

static void gauge_sample(struct work_struct *work)
{
	struct gauge *gauge = container_of(work, struct gauge, sample_work);

	gauge->is_busy = false;
	wake_up(&gauge->idle);
}

static ssize_t value_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct gauge *gauge = dev_get_drvdata(dev);

	gauge->is_busy = true;
	schedule_work(&gauge->sample_work);
	return sysfs_emit(buf, "started\n");
}
static DEVICE_ATTR_RO(value);

static int gauge_probe(struct platform_device *pdev)
{
	struct gauge *gauge = devm_kzalloc(&pdev->dev, sizeof(*gauge), GFP_KERNEL);

	if (!gauge)
		return -ENOMEM;
	INIT_WORK(&gauge->sample_work, gauge_sample);
	init_waitqueue_head(&gauge->idle);
	platform_set_drvdata(pdev, gauge);
	return device_create_file(&pdev->dev, &dev_attr_value);
}

static int gauge_remove(struct platform_device *pdev)
{
	struct gauge *gauge = platform_get_drvdata(pdev);

	device_remove_file(&pdev->dev, &dev_attr_value);
	wait_event(gauge->idle, !gauge->is_busy);
	return 0;
}

static struct platform_driver gauge_driver = {
	.probe = gauge_probe,
	.remove = gauge_remove,
	.driver = { .name = "gauge" },
};

module_platform_driver(gauge_driver);

MODULE_LICENSE("GPL");
