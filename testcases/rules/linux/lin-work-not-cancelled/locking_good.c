/* Work that locks, and a remove function that cancels it. */
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct gauge {
	struct i2c_client *client;
	struct mutex lock;
	struct delayed_work poll;
	int level;
};

static void gauge_poll(struct work_struct *work)
{
	struct gauge *gauge = container_of(work, struct gauge, poll.work);

	mutex_lock(&gauge->lock);
	gauge->level = i2c_smbus_read_byte_data(gauge->client, 0);
	mutex_unlock(&gauge->lock);
	schedule_delayed_work(&gauge->poll, HZ);
}

static int gauge_probe(struct i2c_client *client)
{
	struct gauge *gauge = devm_kzalloc(&client->dev, sizeof(*gauge), GFP_KERNEL);

	if (!gauge)
		return -ENOMEM;
	gauge->client = client;
	mutex_init(&gauge->lock);
	INIT_DELAYED_WORK(&gauge->poll, gauge_poll);
	i2c_set_clientdata(client, gauge);
	schedule_delayed_work(&gauge->poll, HZ);
	return 0;
}

static void gauge_remove(struct i2c_client *client)
{
	struct gauge *gauge = i2c_get_clientdata(client);

	cancel_delayed_work_sync(&gauge->poll);
}

static struct i2c_driver gauge_driver = {
	.probe_new = gauge_probe,
	.remove = gauge_remove,
	.driver = { .name = "gauge" },
};

module_i2c_driver(gauge_driver);

MODULE_LICENSE("GPL");
