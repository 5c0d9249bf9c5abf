/* Freed and cleared two calls below, where a guard asks for that. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>

struct vat {
	int *levels;
	int *marks;
	int count;
};

static void vat_drain(struct vat *v)
{
	int i;

	if (!v->levels)
		return;
	for (i = 0; i < v->count; i++)
		v->levels[i] = 0; /* ok: lin-use-after-free */
	kfree(v->levels);
	v->levels = NULL;
	kfree(v->marks);
	v->marks = NULL;
}

static void vat_empty(struct vat *v)
{
	vat_drain(v);
	v->count = 0;
}

void vat_remove(struct vat *v)
{
	vat_empty(v);
	vat_empty(v); /* ok: lin-use-after-free */
}
