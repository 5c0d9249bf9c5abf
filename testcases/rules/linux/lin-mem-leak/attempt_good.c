/* Somebody who was given the object, or gets it back from where it is kept, cleans up when the function fails. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/etherdevice.h>
#include <linux/i2c.h>
#include <linux/mhi.h>
#include <linux/mod_devicetable.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/usb.h>

struct hose {
	struct net_device *ndev;
	struct device dev;
	int level;
};

static void hose_release(struct device *dev)
{
	kfree(container_of(dev, struct hose, dev));
}

/* The last reference frees it, also when the device could not be added. */
static int hose_add(struct hose *h)
{
	int err;

	device_initialize(&h->dev);
	h->dev.release = hose_release;
	err = dev_set_name(&h->dev, "hose");
	if (!err)
		err = device_add(&h->dev);
	if (err)
		put_device(&h->dev);
	return err;
}

int hose_create(struct hose **out, int level)
{
	struct hose *h = kzalloc(sizeof(*h), GFP_KERNEL);
	int err;

	if (!h)
		return -ENOMEM;
	if (level > 10) {
		kfree(h);
		return -EINVAL;
	}
	h->level = level;
	err = hose_add(h);
	if (err)
		return err;
	*out = h;
	return 0;
}

struct gauge {
	struct kref kref;
	struct device *hwmon;
};

static void gauge_free(struct kref *kref)
{
	kfree(container_of(kref, struct gauge, kref));
}

static void gauge_remove(struct i2c_client *client)
{
	struct gauge *g = i2c_get_clientdata(client);

	if (g->hwmon)
		put_device(g->hwmon);
	kref_put(&g->kref, gauge_free);
}

/* The driver's own remove function finds it as the client's data. */
static int gauge_probe(struct i2c_client *client, const struct i2c_device_id *id)
{
	struct gauge *g = kzalloc(sizeof(*g), GFP_KERNEL);

	if (!g)
		return -ENOMEM;
	i2c_set_clientdata(client, g);
	kref_init(&g->kref);
	if (id->driver_data > 3)
		goto detach;
	return 0;
detach:
	gauge_remove(client);
	return -ENODEV;
}

struct i2c_driver gauge_driver = { .probe = gauge_probe, .remove = gauge_remove };

static int tap_link(struct net_device *ndev)
{
	int err = register_netdev(ndev);

	if (err)
		free_netdev(ndev);
	return err;
}

/* The helper frees what it could not register. */
static int tap_probe(struct mhi_device *mdev, const struct mhi_device_id *id)
{
	struct net_device *ndev = alloc_etherdev(0);
	int err;

	if (!ndev)
		return -ENOMEM;
	err = tap_link(ndev);
	if (err)
		return err;
	dev_set_drvdata(&mdev->dev, ndev);
	return 0;
}

static void tap_remove(struct mhi_device *mdev)
{
	struct net_device *ndev = dev_get_drvdata(&mdev->dev);

	unregister_netdev(ndev);
	free_netdev(ndev);
}

struct mhi_driver tap_driver = { .probe = tap_probe, .remove = tap_remove };

struct pair {
	struct urb *rx, *tx;
};

/* 0 when there was nothing to do: what was filled before stays. */
int pair_fill(struct pair *p, int mode)
{
	p->rx = usb_alloc_urb(0, GFP_KERNEL);
	if (!p->rx)
		return -ENOMEM;
	if (mode == 0)
		return 0;
	p->tx = usb_alloc_urb(0, GFP_KERNEL);
	if (!p->tx) {
		usb_free_urb(p->rx);
		return -ENOMEM;
	}
	return 1;
}
