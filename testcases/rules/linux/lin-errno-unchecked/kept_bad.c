/* Error codes that somebody kept, and nobody looked at. */
#include <linux/clk.h>
#include <linux/errno.h>
#include <linux/usb.h>

struct meter {
	struct clk *bus, *core;
	struct urb *urb;
};

int meter_power_on(struct meter *m)
{
	int err;

	err = clk_prepare_enable(m->bus); /* expect: lin-errno-unchecked "clk_prepare_enable" */
	err = clk_prepare_enable(m->core);
	if (err)
		clk_disable_unprepare(m->bus);
	return err;
}

void meter_restart(struct meter *m)
{
	int err;

	usb_kill_urb(m->urb);
	err = usb_submit_urb(m->urb, GFP_KERNEL); /* expect: lin-errno-unchecked "usb_submit_urb" */
}
