/* Freed under one name twice, but never the same memory, or never the last reference. */
#include <linux/bio.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/usb.h>

struct relay {
	struct urb *urb;
	char *name;
	void *spare[4];
	int used;
};

int relay_refill(struct relay *r);
int relay_start(struct relay *r, struct urb *urb);

/* Each reference is given up once. */
void relay_echo(struct sk_buff *skb, struct sk_buff **copy)
{
	skb_get(skb);
	*copy = skb;
	kfree_skb(skb);
	kfree_skb(skb);
}

void relay_stop(struct urb *urb)
{
	usb_get_urb(urb);
	usb_free_urb(urb);
	usb_free_urb(urb);
}

/* The second one is what was filled in meanwhile. */
int relay_change(struct relay *r)
{
	int err;

	kfree(r->name);
	err = relay_refill(r);
	if (err)
		return err;
	kfree(r->name);
	r->name = NULL;
	return 0;
}

int relay_rename(struct relay *r, const char *name)
{
	kfree(r->name);
	r->name = kstrdup(name, GFP_KERNEL);
	if (!r->name)
		return -ENOMEM;
	if (relay_refill(r)) {
		kfree(r->name);
		r->name = NULL;
		return -EIO;
	}
	return 0;
}

/* The buffer is another one after the request was started anew. */
int relay_restart(struct relay *r)
{
	struct urb *urb = usb_alloc_urb(0, GFP_KERNEL);

	if (!urb)
		return -ENOMEM;
	urb->transfer_buffer = kzalloc(64, GFP_KERNEL);
	if (!urb->transfer_buffer) {
		usb_free_urb(urb);
		return -ENOMEM;
	}
	if (relay_start(r, urb)) {
		kfree(urb->transfer_buffer);
		if (relay_start(r, urb))
			kfree(urb->transfer_buffer);
	}
	usb_free_urb(urb);
	return 0;
}

/* Another one each round. */
void relay_drain(struct relay *r)
{
	while (r->used > 0) {
		relay_refill(r);
		kfree(r->spare[--r->used]);
	}
}

static void relay_drop(struct relay *r, bool all)
{
	if (all) {
		kfree(r->name);
		r->name = NULL;
	}
}

/* The helper sets it to NULL if it frees it. */
void relay_close(struct relay *r, bool all)
{
	relay_drop(r, all);
	kfree(r->name);
}
