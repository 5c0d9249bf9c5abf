/* The disconnect function's helper waits for it. */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/usb.h>
#include <linux/workqueue.h>

struct stick {
	struct work_struct work;
	int moves;
};

static void stick_queue(struct stick *s)
{
	schedule_work(&s->work); /* ok: lin-work-not-cancelled */
}

static void stick_work(struct work_struct *work)
{
	struct stick *s = container_of(work, struct stick, work);

	if (++s->moves < 8)
		stick_queue(s);
}

static void stick_quiet(struct stick *s)
{
	s->moves = 8;
	cancel_work_sync(&s->work);
}

static int stick_probe(struct usb_interface *interface, const struct usb_device_id *id)
{
	struct stick *s = devm_kzalloc(&interface->dev, sizeof(*s), GFP_KERNEL);

	if (!s)
		return -ENOMEM;
	INIT_WORK(&s->work, stick_work);
	usb_set_intfdata(interface, s);
	stick_queue(s);
	return 0;
}

static void stick_disconnect(struct usb_interface *interface)
{
	stick_quiet(usb_get_intfdata(interface));
}

static const struct usb_device_id stick_ids[] = { { USB_DEVICE(0x1234, 0x5678) }, {} };

static struct usb_driver stick_driver = {
	.name = "stick",
	.probe = stick_probe,
	.disconnect = stick_disconnect,
	.id_table = stick_ids,
};
module_usb_driver(stick_driver);
MODULE_LICENSE("GPL");
