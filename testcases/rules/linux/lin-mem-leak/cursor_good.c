/* A helper hands its argument back, and the driver keeps where it points. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

struct reader {
	const u8 *rest, *first;
};

static const u8 *skip_head(const u8 *at)
{
	return at + 4;
}

static const u8 *skip_heads(const u8 *at)
{
	return skip_head(skip_head(at));
}

/* The result goes into the record itself. */
static void reader_keep(struct reader *r, const u8 *raw)
{
	r->rest = skip_heads(raw);
}

/* Or through a variable of its own. */
static void reader_keep_first(struct reader *r, const u8 *raw)
{
	const u8 *at;

	at = skip_heads(raw);
	r->first = at;
}

void reader_fill(struct reader *r)
{
	u8 *raw = kzalloc(64, GFP_KERNEL);

	if (raw)
		reader_keep(r, raw);
} /* ok: lin-mem-leak */

void reader_fill_first(struct reader *r)
{
	u8 *raw = kzalloc(64, GFP_KERNEL);

	if (raw)
		reader_keep_first(r, raw);
} /* ok: lin-mem-leak */

const u8 *reader_raw(void)
{
	const u8 *raw = kzalloc(64, GFP_KERNEL);

	return raw ? skip_heads(raw) : NULL; /* ok: lin-mem-leak */
}
