/* Sizes of pointers where the objects are meant, and swapped arguments. */
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
	struct line *log;
	struct line **index;
	unsigned int count;
};

int roll_prepare(struct roll *r)
{
	r->log = kzalloc(sizeof(r->log), GFP_KERNEL); /* expect: lin-alloc-size "kzalloc" */ /* note: lin-alloc-size "kzalloc gets the size of a pointer, not of" */
	return r->log ? 0 : -ENOMEM;
}

struct line *roll_line(gfp_t gfp)
{
	struct line *l = kmalloc(sizeof(struct line *), gfp); /* expect: lin-alloc-size "size of a pointer" */

	if (l)
		l->number = 0;
	return l;
}

/* trap: lin-alloc-size array-of-pointers */
int roll_lines(struct roll *r, unsigned int count)
{
	r->log = kcalloc(count, sizeof(r->log), GFP_KERNEL); /* expect: lin-alloc-size "kcalloc" */
	if (!r->log)
		return -ENOMEM;
	r->count = count;
	return 0;
}

/* trap: lin-alloc-size struct-size */
struct line *roll_managed(struct device *dev, size_t tail)
{
	struct line *l;

	l = devm_kzalloc(dev, sizeof(l) + tail, GFP_KERNEL); /* expect: lin-alloc-size "devm_kzalloc" */
	return l;
}

char *roll_swapped(size_t n)
{
	return kmalloc(GFP_KERNEL, n); /* expect: lin-alloc-size "wrong way round" */
}

/* trap: lin-alloc-size flags-from-variable */
struct line *roll_swapped_flags(void)
{
	return kzalloc(GFP_KERNEL | __GFP_NOWARN, sizeof(struct line)); /* expect: lin-alloc-size "wrong way round" */
}

long roll_read(struct line __user *from, struct line *to)
{
	memset(to, 0, sizeof(to)); /* expect: lin-alloc-size "the pointer to" */
	if (copy_from_user(to, from, sizeof(to))) /* expect: lin-alloc-size "copy_from_user" */
		return -EFAULT;
	return 0;
}

long roll_write(struct line __user *to, struct roll *r)
{
	return copy_to_user(to, r->log, sizeof(r->log)) ? -EFAULT : 0; /* expect: lin-alloc-size "copy_to_user" */
}

/* What is checked is not what is allocated. */
/* trap: lin-alloc-size size-checked */
struct line *roll_padded(size_t size, gfp_t gfp)
{
	struct line *l;

	if (size < sizeof(*l))
		return NULL;
	l = kmalloc(sizeof(l), gfp); /* expect: lin-alloc-size "kmalloc" */
	return l;
}
