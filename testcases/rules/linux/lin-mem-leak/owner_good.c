/* Memory that others keep once they were asked with success. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/etherdevice.h>
#include <linux/i2c.h>
#include <linux/mhi.h>
#include <linux/mod_devicetable.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/usb.h>

struct probe_ops {
	int (*write)(struct device *dev, char *buf, size_t len);
};

static void line_done(struct urb *urb)
{
	kfree(urb->transfer_buffer);
}

/* A sent request keeps its buffer; what is returned is the number that came in. */
int line_write(struct usb_device *dev, const char *text, int count)
{
	struct urb *urb;
	char *buffer;
	int err;

	buffer = kmemdup(text, count, GFP_ATOMIC);
	if (!buffer)
		return -ENOMEM;
	urb = usb_alloc_urb(0, GFP_ATOMIC);
	if (!urb) {
		kfree(buffer);
		return -ENOMEM;
	}
	usb_fill_bulk_urb(urb, dev, usb_sndbulkpipe(dev, 2), buffer, count, line_done, NULL);
	err = usb_submit_urb(urb, GFP_ATOMIC);
	if (err) {
		count = err;
		kfree(buffer);
	}
	usb_free_urb(urb);
	return count;
}

/* The flag makes the buffer go with the request. */
int line_prepare(struct usb_device *dev, struct urb **out, int count)
{
	struct urb *urb;
	char *buffer;
	int err;

	urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!urb)
		return -ENOMEM;
	buffer = kzalloc(count, GFP_KERNEL);
	if (!buffer) {
		err = -ENOMEM;
		goto error;
	}
	usb_fill_bulk_urb(urb, dev, usb_sndbulkpipe(dev, 2), buffer, count, line_done, NULL);
	urb->transfer_flags |= URB_FREE_BUFFER;
	err = usb_clear_halt(dev, usb_sndbulkpipe(dev, 2));
	if (err)
		goto error;
	*out = urb;
	return 0;
error:
	usb_free_urb(urb);
	return err;
}

/* The callback takes the buffer when it succeeds, and fails by returning 0. */
int probe_queue(struct device *dev, const struct probe_ops *ops, size_t len)
{
	char *buf = kzalloc(len, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (!ops->write(dev, buf, len)) {
		kfree(buf);
		return -EBUSY;
	}
	return 0;
}

/* The anchor has a reference of its own: the buffer goes with the request. */
int line_receive(struct usb_device *dev, struct usb_anchor *anchor, int count)
{
	struct urb *urb;
	char *buffer;
	int err = -ENOMEM;

	urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!urb)
		goto out;
	buffer = kmalloc(count, GFP_KERNEL);
	if (!buffer)
		goto out;
	usb_fill_int_urb(urb, dev, usb_rcvintpipe(dev, 1), buffer, count, line_done, NULL, 1);
	urb->transfer_flags |= URB_FREE_BUFFER;
	usb_anchor_urb(urb, anchor);
	err = usb_submit_urb(urb, GFP_KERNEL);
	if (err)
		usb_unanchor_urb(urb);
out:
	usb_free_urb(urb);
	return err;
}

struct bus_state {
	int port;
};

/* What the adapter leads to is freed before the adapter. */
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
		kfree(bus);
		kfree(adap);
		return err;
	}
	*out = adap;
	return 0;
}
