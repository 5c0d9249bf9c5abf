/* The work wakes readers, who may come or not; that does not tell its end to the remove function. */
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
	wait_queue_head_t readers;
	int value;
};

static void gauge_sample(struct work_struct *work)
{
	struct gauge *gauge = container_of(work, struct gauge, sample_work);

	gauge->value++;
	wake_up_interruptible(&gauge->readers);
}

static int gauge_read(struct gauge *gauge, int old)
{
	return wait_event_interruptible(gauge->readers, gauge->value != old);
}

static ssize_t value_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct gauge *gauge = dev_get_drvdata(dev);
	int old = gauge->value;

	schedule_work(&gauge->sample_work); /* expect: lin-work-not-cancelled "gauge->sample_work is queued here" */
	if (gauge_read(gauge, old))
		return -ERESTARTSYS;
	return sysfs_emit(buf, "%d\n", gauge->value);
}
static DEVICE_ATTR_RO(value);

static int gauge_probe(struct platform_device *pdev)
{
	struct gauge *gauge = devm_kzalloc(&pdev->dev, sizeof(*gauge), GFP_KERNEL);

	if (!gauge)
		return -ENOMEM;
	INIT_WORK(&gauge->sample_work, gauge_sample);
	init_waitqueue_head(&gauge->readers);
	platform_set_drvdata(pdev, gauge);
	return device_create_file(&pdev->dev, &dev_attr_value);
}

static int gauge_remove(struct platform_device *pdev) /* note: lin-work-not-cancelled "`gauge_remove` is called" */
{
	device_remove_file(&pdev->dev, &dev_attr_value);
	return 0;
}

static struct platform_driver gauge_driver = {
	.probe = gauge_probe,
	.remove = gauge_remove,
	.driver = { .name = "gauge" },
};

module_platform_driver(gauge_driver);

MODULE_LICENSE("GPL");
