/* Every element is freed, and made anew by the next call. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>

#define SLOTS 2

struct tray {
	int size;
};

struct rack {
	struct tray *trays[SLOTS];
};

static void rack_empty(struct rack *r)
{
	kfree(r->trays[0]);
	kfree(r->trays[1]);
}

static int rack_fill(struct rack *r)
{
	int i;

	r->trays[0] = kzalloc(sizeof(*r->trays[0]), GFP_KERNEL);
	r->trays[1] = kzalloc(sizeof(*r->trays[1]), GFP_KERNEL);
	if (!r->trays[0] || !r->trays[1])
		return -ENOMEM;
	for (i = 0; i < SLOTS; i++)
		r->trays[i]->size = i + 1;
	return 0;
}

int rack_renew(struct rack *r)
{
	rack_empty(r);
	return rack_fill(r); /* ok: lin-use-after-free */
}
