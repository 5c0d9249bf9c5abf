/* Attributes that go away: removed, or on a device that the driver itself unregisters. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

static ssize_t tilt_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "1\n");
}
static DEVICE_ATTR_RO(tilt);

static struct attribute *tilt_attrs[] = { &dev_attr_tilt.attr, NULL };
static const struct attribute_group tilt_group = { .attrs = tilt_attrs };
static const struct attribute_group child_group = { .name = "child", .attrs = tilt_attrs };

struct tilt {
	const struct attribute_group *group;
	struct platform_device *child;
};

static int tilt_probe(struct i2c_client *client)
{
	struct tilt *tilt = devm_kzalloc(&client->dev, sizeof(*tilt), GFP_KERNEL);
	int err;

	if (!tilt)
		return -ENOMEM;
	tilt->group = &tilt_group;
	tilt->child = platform_device_register_simple("tilt", -1, NULL, 0);
	if (IS_ERR(tilt->child))
		return PTR_ERR(tilt->child);
	err = sysfs_create_group(&tilt->child->dev.kobj, &child_group);
	if (err)
		goto unregister;
	err = sysfs_create_group(&client->dev.kobj, &tilt_group);
	if (err)
		goto unregister;
	i2c_set_clientdata(client, tilt);
	return 0;
unregister:
	platform_device_unregister(tilt->child);
	return err;
}

static void tilt_remove(struct i2c_client *client)
{
	struct tilt *tilt = i2c_get_clientdata(client);

	sysfs_remove_group(&client->dev.kobj, tilt->group);
	platform_device_unregister(tilt->child);
}

static struct i2c_driver tilt_driver = {
	.driver = { .name = "tilt" },
	.probe_new = tilt_probe,
	.remove = tilt_remove,
};
module_i2c_driver(tilt_driver);
MODULE_LICENSE("GPL");
