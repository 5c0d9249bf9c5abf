/* A field of a local record says which region was taken: the helpers only read it. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct choice {
	int value;
	bool wide;
};

bool choose(int id);
int measure(int id);

static int choice_claim(struct choice *c)
{
	if (c->wide) {
		if (!request_mem_region(0x1000, 8, "wide"))
			return -EBUSY;
		c->value = 1;
		return 0;
	}
	if (!request_region(0xcd6, 2, "narrow"))
		return -EBUSY;
	return 0;
}

static void choice_free(struct choice *c)
{
	if (c->wide) {
		release_mem_region(0x1000, 8);
		return;
	}
	release_region(0xcd6, 2);
}

int choice_setup(int id)
{
	struct choice c;
	int err;

	c.wide = choose(id);
	err = choice_claim(&c);
	if (err)
		return err;
	choice_free(&c);
	if (!measure(id))
		return -ENODEV; /* ok: lin-region-leak */
	return 0;
}
