/* What the driver's own constructor returns is freed, stored or returned. */
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
	if (weight > 100) {
		crate_free(c);
		return -EINVAL; /* ok: lin-mem-leak */
	}
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
		goto free_first;
	err = first->weight - second->weight;
	crate_free(second);
free_first:
	crate_free(first);
	return err;
}

/* Trap: put into a list by a helper. */
static void crate_add(struct crate *c)
{
	c->next = crate_list;
	crate_list = c;
}

int crate_store(int weight)
{
	struct crate *c = crate_alloc(weight);

	if (!c)
		return -ENOMEM;
	crate_add(c);
	return 0; /* ok: lin-mem-leak */
}

/* Trap: stored by a helper in what is returned. */
struct yard {
	struct crate *first;
	char *name;
};

static int yard_fill(struct yard *y)
{
	y->name = kzalloc(16, GFP_KERNEL);
	if (!y->name)
		return -ENOMEM;
	y->first = crate_alloc(1);
	return 0;
}

struct yard *yard_open(struct yard **slot)
{
	struct yard *y = *slot;

	if (!yard_fill(y))
		return y; /* ok: lin-mem-leak */
	return NULL;
}

/* Trap: given up with the last reference. */
static void crate_release(struct kref *ref)
{
	crate_free(container_of(ref, struct crate, ref));
}

static void crate_put(struct crate *c)
{
	kref_put(&c->ref, crate_release);
}

int crate_borrow(int weight)
{
	struct crate *c = crate_alloc(weight);

	if (!c)
		return -ENOMEM;
	weight = c->weight;
	crate_put(c);
	return weight; /* ok: lin-mem-leak */
}

/* Trap: the helper frees it when it fails. */
static int crate_name(struct crate *c)
{
	c->label = kstrdup("crate", GFP_KERNEL);
	if (!c->label) {
		crate_free(c);
		return -ENOMEM;
	}
	return 0;
}

struct crate *crate_named(int weight)
{
	struct crate *c = crate_alloc(weight);
	int err;

	if (!c)
		return ERR_PTR(-ENOMEM);
	err = crate_name(c);
	if (err)
		return ERR_PTR(err); /* ok: lin-mem-leak */
	return c;
}

/* Trap: another file's function may have kept it before it came back. */
void crate_weigh_elsewhere(struct crate *c);

static struct crate *crate_weighed(int weight)
{
	struct crate *c = crate_alloc(weight);

	if (!c)
		return NULL;
	crate_weigh_elsewhere(c);
	return c;
}

int crate_announce(int weight)
{
	struct crate *c = crate_weighed(weight);

	if (!c)
		return -ENOMEM;
	return 0; /* ok: lin-mem-leak */
}
