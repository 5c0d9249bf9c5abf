/* A function that is not in sight has refused what it was given: it belongs to the caller, who frees it elsewhere. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/hid.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct tap {
	int port;
};

struct tap_ops {
	int (*bind)(struct tap *t);
};

struct board {
	const struct tap_ops *ops;
	bool gone;
};

int board_register_tap(struct tap *t);

int board_add_tap(struct board *b, struct tap **out)
{
	struct tap *t = kzalloc(sizeof(*t), GFP_KERNEL); /* note: lin-mem-leak "allocated here" */
	int err;

	if (!t)
		return -ENOMEM;
	if (b->gone) {
		kfree(t);
		return -ENODEV;
	}
	err = board_register_tap(t);
	if (err)
		return err; /* expect: lin-mem-leak "t is never freed when board_add_tap returns" */
	*out = t;
	return 0;
}

int board_bind_tap(struct board *b, struct tap **out)
{
	struct tap *t = kzalloc(sizeof(*t), GFP_KERNEL); /* note: lin-mem-leak "allocated here" */
	int err;

	if (!t)
		return -ENOMEM;
	if (b->gone) {
		kfree(t);
		return -ENODEV;
	}
	err = b->ops->bind(t);
	if (err < 0)
		return err; /* expect: lin-mem-leak "t is never freed when board_bind_tap returns" */
	*out = t;
	return 0;
}

/* A bus whose driver is not removed after a probe that failed. */
struct lamp {
	char *label;
};

static int lamp_probe(struct hid_device *hdev, const struct hid_device_id *id)
{
	struct lamp *lamp = devm_kzalloc(&hdev->dev, sizeof(*lamp), GFP_KERNEL);
	int err;

	if (!lamp)
		return -ENOMEM;
	lamp->label = kstrdup("lamp", GFP_KERNEL); /* note: lin-mem-leak "allocated here" */
	if (!lamp->label)
		return -ENOMEM;
	hid_set_drvdata(hdev, lamp);
	err = hid_parse(hdev);
	if (err)
		return err; /* expect: lin-mem-leak "lamp->label is never freed when lamp_probe returns" */
	err = hid_hw_start(hdev, HID_CONNECT_DEFAULT);
	if (err)
		kfree(lamp->label);
	return err;
}

static void lamp_remove(struct hid_device *hdev)
{
	struct lamp *lamp = hid_get_drvdata(hdev);

	hid_hw_stop(hdev);
	kfree(lamp->label);
}

struct hid_driver lamp_driver = { .name = "lamp", .probe = lamp_probe, .remove = lamp_remove };
