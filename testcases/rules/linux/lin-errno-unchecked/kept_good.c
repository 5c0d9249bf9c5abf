/* Error codes that are looked at, or were not wanted to begin with. */
#include <linux/clk.h>
#include <linux/errno.h>
#include <linux/usb.h>

struct gauge {
	struct clk *bus;
	struct urb *urb;
};

int gauge_power_on(struct gauge *g, int wanted)
{
	int err = 0;

	if (wanted)
		err = clk_prepare_enable(g->bus);
	return err;
}

/* Thrown away: the next interrupt tries again. */
void gauge_restart(struct gauge *g)
{
	usb_submit_urb(g->urb, GFP_ATOMIC);
}
