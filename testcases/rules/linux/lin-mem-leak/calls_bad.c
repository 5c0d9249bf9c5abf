/* What the driver's own constructor returns is lost. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/i2c.h>
#include <linux/kref.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <media/v4l2-device.h>

struct crate {
	struct kref ref;
	struct crate *next;
	char *label;
	int weight;
};

static struct crate *crate_list;

static struct crate *crate_alloc(int weight)
{
	struct crate *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->weight = weight;
	kref_init(&c->ref);
	return c;
}

static void crate_free(struct crate *c)
{
	kfree(c->label);
	kfree(c);
}

int crate_weigh(int weight)
{
	struct crate *c = crate_alloc(weight);

	if (!c)
		return -ENOMEM;
	if (weight > 100)
		return -EINVAL; /* expect: lin-mem-leak "c" */
	weight = c->weight;
	crate_free(c);
	return weight;
}

static int crate_make(struct crate **out, int weight)
{
	struct crate *c = crate_alloc(weight);

	if (!c)
		return -ENOMEM;
	*out = c;
	return 0; /* ok: lin-mem-leak */
}

int crate_swap(int a, int b)
{
	struct crate *first, *second;
	int err;

	err = crate_make(&first, a);
	if (err)
		return err; /* ok: lin-mem-leak */
	err = crate_make(&second, b);
	if (err)
		return err; /* expect: lin-mem-leak "first" */
	err = first->weight - second->weight;
	crate_free(second);
	crate_free(first);
	return err;
}
