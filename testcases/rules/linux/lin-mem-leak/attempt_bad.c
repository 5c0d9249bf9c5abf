/* Everybody who was given the object has failed, and kept nothing of it. */
#include <linux/errno.h>
#include <linux/etherdevice.h>
#include <linux/input.h>
#include <linux/mhi.h>
#include <linux/mod_devicetable.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/usb.h>

struct hose {
	struct net_device *ndev;
	struct mhi_device *mdev;
};

static int hose_link(struct mhi_device *mdev, struct net_device *ndev)
{
	struct hose *h = netdev_priv(ndev);

	dev_set_drvdata(&mdev->dev, h);
	h->ndev = ndev;
	h->mdev = mdev;
	return register_netdev(ndev);
}

static int hose_probe(struct mhi_device *mdev, const struct mhi_device_id *id)
{
	struct net_device *ndev = alloc_etherdev(sizeof(struct hose));
	int err;

	if (!ndev)
		return -ENOMEM;
	err = hose_link(mdev, ndev);
	if (err)
		return err; /* expect: lin-mem-leak "ndev is never freed when hose_probe returns here" */
	return 0;
}

struct mhi_driver hose_driver = { .probe = hose_probe };

struct knob {
	struct urb *irq;
	char phys[64];
	u8 *data;
	struct input_dev *input;
};

static void knob_free_data(struct knob *k)
{
	kfree(k->data);
}

/* A text inside the record leads to nothing else, and the helper frees another member. */
static int knob_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct usb_device *udev = interface_to_usbdev(intf);
	struct knob *k = kzalloc(sizeof(*k), GFP_KERNEL);
	struct input_dev *input = input_allocate_device();
	int err = -ENOMEM;

	if (!k || !input)
		goto free_input;
	k->data = kzalloc(8, GFP_KERNEL);
	if (!k->data)
		goto free_data;
	k->irq = usb_alloc_urb(0, GFP_KERNEL);
	if (!k->irq)
		goto free_data;
	k->input = input;
	usb_make_path(udev, k->phys, sizeof(k->phys));
	input->phys = k->phys;
	input_set_drvdata(input, k);
	err = input_register_device(input);
	if (err)
		goto free_data;
	usb_set_intfdata(intf, k);
	return 0;
free_data:
	knob_free_data(k);
free_input:
	input_free_device(input);
	kfree(k);
	return err; /* expect: lin-mem-leak "k->irq is never freed when knob_probe returns here" */
}

struct usb_driver knob_driver = { .probe = knob_probe };

struct pair {
	struct urb *rx, *tx, *event;
};

/* 0 says that it failed. */
int pair_fill(struct pair *p)
{
	p->rx = usb_alloc_urb(0, GFP_KERNEL);
	if (!p->rx)
		return 0;
	p->tx = usb_alloc_urb(0, GFP_KERNEL);
	if (!p->tx)
		return 0; /* expect: lin-mem-leak "p->rx is never freed when pair_fill returns here" */
	p->event = usb_alloc_urb(0, GFP_KERNEL);
	if (!p->event) {
		usb_free_urb(p->rx);
		usb_free_urb(p->tx);
		return 0;
	}
	return 1;
}
