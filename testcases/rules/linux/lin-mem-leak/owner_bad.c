/* Memory that others were given to use, or that hangs in what this function frees itself. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <media/v4l2-device.h>

struct probe_ops {
	int (*write)(struct device *dev, char *buf, size_t len);
};

struct trace_item;

int trace_collect(struct device *dev, u32 *data);
int trace_head(struct trace_item *item);
int trace_put(struct trace_item *item, u32 *data, size_t len);
int panel_read(struct device *dev, char *buf);
int panel_check(struct device *dev, char *buf);
struct trace_item *trace_group(struct device *dev, u32 *in);

/* An early return between two helpers that only use the buffer. */
int trace_dump(struct device *dev, struct trace_item *item, bool with_head, size_t len)
{
	u32 *data;
	int err;

	data = kmalloc(len, GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	err = trace_collect(dev, data);
	if (err)
		goto out;
	if (with_head) {
		err = trace_head(item);
		if (err)
			return err; /* expect: lin-mem-leak "data is never freed when trace_dump returns here" */
	}
	err = trace_put(item, data, len);
out:
	kfree(data);
	return err;
}

/* Freed when the callback was successful, so all the more when it was not. */
int probe_write(struct device *dev, const struct probe_ops *ops, size_t len)
{
	char *buf = kzalloc(len, GFP_KERNEL);
	int err;

	if (!buf)
		return -ENOMEM;
	err = ops->write(dev, buf, len);
	if (err)
		return err; /* expect: lin-mem-leak "buf is never freed when probe_write returns here" */
	kfree(buf);
	return 0;
}

struct bus_state {
	int port;
};

/* The adapter's data goes with the adapter, which this function frees. */
int bus_add(struct device *parent, int port, struct i2c_adapter **out)
{
	struct i2c_adapter *adap;
	struct bus_state *bus;
	int err;

	adap = kzalloc(sizeof(*adap), GFP_KERNEL);
	if (!adap)
		return -ENOMEM;
	bus = kzalloc(sizeof(*bus), GFP_KERNEL);
	if (!bus) {
		kfree(adap);
		return -ENOMEM;
	}
	bus->port = port;
	adap->dev.parent = parent;
	i2c_set_adapdata(adap, bus);
	err = i2c_add_adapter(adap);
	if (err) {
		kfree(adap);
		return err; /* expect: lin-mem-leak "bus is never freed when bus_add returns here" */
	}
	*out = adap;
	return 0;
}

struct camera {
	struct v4l2_device v4l2;
	char *frame;
	int ready;
};

/* Who unregisters one member knows nothing of the others. */
static int camera_probe(struct platform_device *pdev)
{
	struct camera *camera = kzalloc(sizeof(*camera), GFP_KERNEL);
	int err;

	if (!camera)
		return -ENOMEM;
	camera->frame = kmalloc(4096, GFP_KERNEL);
	if (!camera->frame) {
		err = -ENOMEM;
		goto err_free;
	}
	err = v4l2_device_register(&pdev->dev, &camera->v4l2);
	if (err)
		goto err_frame;
	err = device_property_present(&pdev->dev, "ready") ? 0 : -ENODEV;
	if (err)
		goto err_v4l2;
	platform_set_drvdata(pdev, camera);
	return 0;
err_v4l2:
	v4l2_device_unregister(&camera->v4l2);
err_free:
	kfree(camera);
	return err; /* expect: lin-mem-leak "camera->frame is never freed when camera_probe returns here" */
err_frame:
	kfree(camera->frame);
	kfree(camera);
	return err;
}

struct platform_driver camera_driver = {
	.probe = camera_probe,
	.driver = { .name = "camera" },
};

/* 0 or one of several positive codes. */
int panel_attach(struct device *dev, char **out)
{
	char *state = kzalloc(64, GFP_KERNEL);
	unsigned int code;
	int err;

	if (!state)
		return 3;
	err = panel_read(dev, state);
	if (err != 0)
		goto failed;
	err = panel_check(dev, state);
	if (err != 0)
		return err; /* expect: lin-mem-leak "state is never freed when panel_attach returns here" */
	code = state[0];
	err = panel_read(dev, state + code % 8);
	if (err != 0)
		goto failed;
	*out = state;
	return 0;
failed:
	kfree(state);
	return err;
}

/* Success and failure leave at the same return; all others have freed the memory. */
int panel_fill(struct device *dev, const int *sizes, int count)
{
	char *buffer = kmalloc(512, GFP_KERNEL);
	int err = 0, i, done = 0;

	if (!buffer)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		err = panel_read(dev, buffer);
		done += sizes[i];
		if (err || done > 512)
			return err; /* expect: lin-mem-leak "buffer is never freed when panel_fill returns here" */
	}
	if (done)
		err = panel_check(dev, buffer);
	kfree(buffer);
	return err;
}

struct trace_table {
	struct trace_item **groups;
	int count;
};

/* PTR_ERR() is an error also where it is not known which one of a table it is of. */
int trace_table_fill(struct device *dev, struct trace_table *table)
{
	u32 *in;
	int err;

	table->groups = kcalloc(3, sizeof(*table->groups), GFP_KERNEL);
	if (!table->groups)
		return -ENOMEM;
	in = kzalloc(128, GFP_KERNEL);
	if (!in) {
		kfree(table->groups);
		table->groups = NULL;
		return -ENOMEM;
	}
	table->groups[table->count] = trace_group(dev, in);
	if (IS_ERR(table->groups[table->count]))
		goto err;
	table->count++;
	table->groups[table->count] = trace_group(dev, in);
	if (IS_ERR(table->groups[table->count]))
		goto err;
	table->count++;
	kfree(in);
	return 0;
err:
	err = PTR_ERR(table->groups[table->count]);
	table->groups[table->count] = NULL;
	return err; /* expect: lin-mem-leak "in is never freed when trace_table_fill returns here" */
}
