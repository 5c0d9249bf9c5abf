/* Buffers of a device that helpers free, which have no name for them. */
#include <linux/input.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/usb.h>
#include <scsi/scsi_host.h>

struct knob_limits {
	int low, high;
};

struct knob {
	struct usb_device *udev;
	struct urb *urb;
	u8 *report;
	struct knob_limits *limits;
	int level;
};

static void knob_turned(struct urb *urb)
{
	struct knob *knob = urb->context;

	knob->level = min(knob->report[0] + knob->limits->low, knob->limits->high);
}

static int knob_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct knob *knob = kzalloc(sizeof(*knob), GFP_KERNEL);

	if (!knob)
		return -ENOMEM;
	knob->udev = interface_to_usbdev(intf);
	knob->report = kmalloc(8, GFP_KERNEL);
	if (!knob->report)
		goto free;
	knob->limits = kzalloc(sizeof(*knob->limits), GFP_KERNEL);
	if (!knob->limits)
		goto free_report;
	knob->urb = usb_alloc_urb(0, GFP_KERNEL);
	if (!knob->urb)
		goto free_limits;
	usb_fill_int_urb(knob->urb, knob->udev, usb_rcvintpipe(knob->udev, 1), knob->report, 8, knob_turned, knob, 10);
	usb_set_intfdata(intf, knob);
	return 0;
free_limits:
	kfree(knob->limits);
free_report:
	kfree(knob->report);
free:
	kfree(knob);
	return -ENOMEM;
}

static void knob_drop(void *memory)
{
	kfree(memory);
}

static void bytes_drop(u8 *bytes)
{
	kfree(bytes);
}

static void knob_disconnect(struct usb_interface *intf)
{
	struct knob *knob = usb_get_intfdata(intf);

	usb_kill_urb(knob->urb);
	usb_free_urb(knob->urb);
	knob_drop(knob->limits);
	bytes_drop(knob->report);
	kfree(knob);
}

static const struct usb_device_id knob_ids[] = { { USB_DEVICE(0x1234, 0x5678) }, {} };
MODULE_DEVICE_TABLE(usb, knob_ids);

static struct usb_driver knob_driver = {
	.name = "knob",
	.id_table = knob_ids,
	.probe = knob_probe,
	.disconnect = knob_disconnect,
};

module_usb_driver(knob_driver);

MODULE_LICENSE("GPL");
