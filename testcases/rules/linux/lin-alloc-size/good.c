/* Sizes of what is meant. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

struct line {
	int number;
	char text[60];
};

struct roll {
	unsigned int count;
	struct line *log, **index;
	struct line lines[];
};

/* trap: lin-alloc-size array-of-pointers */
int roll_index(struct roll *r, unsigned int count)
{
	r->index = kcalloc(count, sizeof(struct line *), GFP_KERNEL);
	if (!r->index)
		return -ENOMEM;
	kfree(r->index);
	r->index = kmalloc(count * sizeof(*r->index), GFP_KERNEL);
	if (!r->index)
		return -ENOMEM;
	memset(r->index, 0, count * sizeof(r->log));
	kfree(r->index);
	/* the wrong pointer, but of the right size */
	r->index = kcalloc(count, sizeof(r->index), GFP_KERNEL);
	return r->index ? 0 : -ENOMEM;
}

/* trap: lin-alloc-size struct-size */
struct roll *roll_create(unsigned int count)
{
	struct roll *r = kzalloc(struct_size(r, lines, count), GFP_KERNEL);

	if (!r)
		return NULL;
	r->log = kzalloc(sizeof(*r->log), GFP_KERNEL);
	if (!r->log) {
		kfree(r);
		return NULL;
	}
	return r;
}

/* trap: lin-alloc-size flags-from-variable */
char *roll_small(gfp_t gfp)
{
	return kmalloc(64, gfp);
}

/* A pointer is what is copied. */
long roll_pointer(void __user *to, struct roll *r)
{
	void *cookie = r->log;
	char bytes[sizeof(cookie)];

	memset(bytes, 0, sizeof(cookie));
	memcpy(bytes, &cookie, sizeof(cookie));
	return copy_to_user(to, bytes, sizeof(cookie)) ? -EFAULT : 0;
}

/* trap: lin-alloc-size size-checked */
struct line *roll_padded(size_t tail, gfp_t gfp)
{
	struct line *l;
	size_t size = sizeof(l) + tail;

	if (size < sizeof(*l))
		size = sizeof(*l);
	l = kmalloc(size, gfp);
	return l;
}
