/* Attributes on the device that the driver is bound to stay when it is unbound. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

static ssize_t level_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "1\n");
}
static DEVICE_ATTR_RO(level);

static struct attribute *level_attrs[] = { &dev_attr_level.attr, NULL };
static const struct attribute_group level_group = { .attrs = level_attrs };
static const struct attribute_group other_group = { .name = "other", .attrs = level_attrs };

static int level_probe(struct i2c_client *client)
{
	struct device *dev = &client->dev;
	int err;

	err = sysfs_create_group(&client->dev.kobj, &level_group); /* expect: lin-remove-missing "sysfs group" */
	if (err)
		return err;
	err = sysfs_create_group(&dev->kobj, &other_group);
	if (err)
		sysfs_remove_group(&client->dev.kobj, &level_group);
	return err;
}

static void level_remove(struct i2c_client *client)
{
	sysfs_remove_group(&client->dev.kobj, &other_group);
}

static struct i2c_driver level_driver = {
	.driver = { .name = "level" },
	.probe_new = level_probe,
	.remove = level_remove,
};
module_i2c_driver(level_driver);
MODULE_LICENSE("GPL");
