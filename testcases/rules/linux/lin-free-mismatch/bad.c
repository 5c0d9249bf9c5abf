/* Freed by a function of another allocator, or never allocated at all. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

struct parcel {
	int id;
	char tag[16];
};

static char parcel_default[16];

int parcel_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL); /* note: lin-free-mismatch "page" */

	if (!page)
		return -ENOMEM;
	kfree(page); /* expect: lin-free-mismatch "page" */
	return 0;
}

/* trap: lin-free-mismatch kvfree */
int parcel_big(size_t n, int fill)
{
	char *buf = vmalloc(n); /* note: lin-free-mismatch "buf" */
	int err = 0;

	if (!buf)
		return -ENOMEM;
	if (fill > 255) {
		err = -EINVAL;
		goto out;
	}
	memset(buf, fill, n);
out:
	kfree(buf); /* expect: lin-free-mismatch "buf" */
	return err;
}

/* The right free on one path, the wrong one on the other. */
int parcel_mixed(size_t n, bool quick)
{
	void *buf = kzalloc(n, GFP_KERNEL); /* note: lin-free-mismatch "buf" */

	if (!buf)
		return -ENOMEM;
	if (quick)
		kfree(buf);
	else
		vfree(buf); /* expect: lin-free-mismatch "buf" */
	return 0;
}

/* trap: lin-free-mismatch slab-object */
int parcel_cache(struct kmem_cache *cache)
{
	struct parcel *p = kmalloc(sizeof(*p), GFP_KERNEL), *q = p; /* note: lin-free-mismatch "p" */

	if (!p)
		return -ENOMEM;
	p->id = 1;
	kmem_cache_free(cache, q); /* expect: lin-free-mismatch "p" */
	return 0;
}

/* The driver core will free it again. */
int parcel_probe(struct device *dev)
{
	struct parcel *p = devm_kzalloc(dev, sizeof(*p), GFP_KERNEL); /* note: lin-free-mismatch "p" */

	if (!p)
		return -ENOMEM;
	if (!dev->parent) {
		kfree(p); /* expect: lin-free-mismatch "p" */
		return -ENODEV;
	}
	dev_set_drvdata(dev, p);
	return 0;
}

void parcel_static(void)
{
	char *tag = parcel_default;

	tag[0] = 0;
	kfree(tag); /* expect: lin-free-mismatch "tag" */
}

int parcel_stack(void)
{
	struct parcel local = {.id = 3};
	struct parcel *p = &local;
	int id = p->id;

	kfree(p); /* expect: lin-free-mismatch "p" */
	return id;
}

/* trap: lin-free-mismatch page-or-address */
int parcel_address(void)
{
	unsigned long addr = __get_free_page(GFP_KERNEL); /* note: lin-free-mismatch "addr" */

	if (!addr)
		return -ENOMEM;
	kfree((void *)addr); /* expect: lin-free-mismatch "addr" */
	return 0;
}

int parcel_packet(unsigned int n)
{
	struct sk_buff *skb = alloc_skb(n, GFP_KERNEL); /* note: lin-free-mismatch "skb" */

	if (!skb)
		return -ENOMEM;
	kfree(skb); /* expect: lin-free-mismatch "skb" */
	return 0;
}

struct wrapped {
	int seal;
	struct parcel parcel;
};

/* The parcel begins inside the block. */
/* trap: lin-free-mismatch container-of */
int parcel_inner(void)
{
	struct wrapped *w = kzalloc(sizeof(*w), GFP_KERNEL);

	if (!w)
		return -ENOMEM;
	kfree(&w->parcel); /* expect: lin-free-mismatch "w->parcel" */
	return 0;
}
