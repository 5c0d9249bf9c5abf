/* An urb that is waited for, but not freed; the device's other memory is. */
#include <linux/input.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/usb.h>
#include <scsi/scsi_host.h>

struct scale {
	struct usb_device *udev;
	struct urb *reading;
	char *text;
	u8 data[8];
};

static void scale_read(struct urb *urb)
{
	struct scale *scale = urb->context;

	scale->text[0] = scale->data[0];
}

static int scale_probe(struct usb_interface *intf, const struct usb_device_id *id)
{
	struct scale *scale = kzalloc(sizeof(*scale), GFP_KERNEL);
	int err = -ENOMEM;

	if (!scale)
		return -ENOMEM;
	scale->udev = interface_to_usbdev(intf);
	scale->reading = usb_alloc_urb(0, GFP_KERNEL); /* expect: lin-remove-missing "usb_alloc_urb" */
	if (!scale->reading)
		goto free;
	scale->text = kstrdup("empty", GFP_KERNEL);
	if (!scale->text)
		goto free_urb;
	usb_fill_int_urb(scale->reading, scale->udev, usb_rcvintpipe(scale->udev, 1), scale->data, sizeof(scale->data),
			 scale_read, scale, 10);
	usb_set_intfdata(intf, scale);
	err = usb_submit_urb(scale->reading, GFP_KERNEL);
	if (err)
		goto free_text;
	return 0;
free_text:
	kfree(scale->text);
free_urb:
	usb_free_urb(scale->reading);
free:
	kfree(scale);
	return err;
}

static void scale_disconnect(struct usb_interface *intf)
{
	struct scale *scale = usb_get_intfdata(intf);
	char *text = scale->text;

	usb_kill_urb(scale->reading);
	kfree(text);
	kfree(scale);
}

static const struct usb_device_id scale_ids[] = { { USB_DEVICE(0x1234, 0x5678) }, {} };
MODULE_DEVICE_TABLE(usb, scale_ids);

static struct usb_driver scale_driver = {
	.name = "scale",
	.id_table = scale_ids,
	.probe = scale_probe,
	.disconnect = scale_disconnect,
};

module_usb_driver(scale_driver);
MODULE_LICENSE("GPL");
