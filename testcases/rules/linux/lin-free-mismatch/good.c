/* Each allocation meets its own free. */
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
	struct list_head link;
};

struct wrapped {
	struct parcel parcel;
	int seal;
};

int parcel_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	__free_page(page); /* ok: lin-free-mismatch */
	return 0;
}

int parcel_big(size_t n, int fill)
{
	char *buf = vmalloc(n);

	if (!buf)
		return -ENOMEM;
	memset(buf, fill, n);
	vfree(buf); /* ok: lin-free-mismatch */
	return 0;
}

/* Trap: kvfree takes what kmalloc, vmalloc and kvmalloc return. */
/* trap: lin-free-mismatch kvfree */
int parcel_mixed(size_t n)
{
	void *buf;

	if (n > PAGE_SIZE)
		buf = vmalloc(n);
	else
		buf = kmalloc(n, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	kvfree(buf); /* ok: lin-free-mismatch */
	buf = kvmalloc(n, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	kvfree(buf); /* ok: lin-free-mismatch */
	return 0;
}

/* Trap: kfree also takes objects of a slab cache. */
/* trap: lin-free-mismatch slab-object */
int parcel_cache(struct kmem_cache *cache)
{
	struct parcel *p = kmem_cache_alloc(cache, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	p->id = 1;
	kfree(p); /* ok: lin-free-mismatch */
	p = kmem_cache_zalloc(cache, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	kmem_cache_free(cache, p); /* ok: lin-free-mismatch */
	return 0;
}

int parcel_probe(struct device *dev)
{
	struct parcel *p = devm_kzalloc(dev, sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (!dev->parent) {
		devm_kfree(dev, p); /* ok: lin-free-mismatch */
		return -ENODEV;
	}
	dev_set_drvdata(dev, p);
	return 0;
}

/* Trap: container_of leads back to the start. */
void parcel_unlink(struct list_head *link)
{
	struct parcel *p = container_of(link, struct parcel, link);

	kfree(p); /* ok: lin-free-mismatch */
}

struct parcel *parcel_wrap(void)
{
	struct wrapped *w = kzalloc(sizeof(*w), GFP_KERNEL);

	return w ? &w->parcel : NULL;
}

/* trap: lin-free-mismatch container-of */
void parcel_unwrap(struct parcel *p)
{
	kfree(container_of(p, struct wrapped, parcel)); /* ok: lin-free-mismatch */
}

/* Trap: free_page takes an address, __free_page a page. */
/* trap: lin-free-mismatch page-or-address */
int parcel_address(void)
{
	unsigned long addr = __get_free_page(GFP_KERNEL);

	if (!addr)
		return -ENOMEM;
	free_page(addr); /* ok: lin-free-mismatch */
	addr = __get_free_pages(GFP_KERNEL, 2);
	if (!addr)
		return -ENOMEM;
	free_pages(addr, 2); /* ok: lin-free-mismatch */
	return 0;
}

int parcel_packet(unsigned int n)
{
	struct sk_buff *skb = alloc_skb(n, GFP_KERNEL);

	if (!skb)
		return -ENOMEM;
	dev_kfree_skb(skb); /* ok: lin-free-mismatch */
	return 0;
}

/* Trap: on the stack or allocated, freed only when allocated. */
int parcel_small(size_t n)
{
	char local[32], *buf = local;

	if (n > sizeof(local)) {
		buf = kmalloc(n, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
	}
	memset(buf, 0, n);
	if (buf != local)
		kfree(buf); /* ok: lin-free-mismatch */
	return 0;
}
