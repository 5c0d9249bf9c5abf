/* A helper hands its argument back, moved on: nobody keeps it, and it is still to be freed. */
#include <asm/unaligned.h>
#include <linux/bio.h>
#include <linux/crc32.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

struct frame {
	u16 length;
	u8 kind;
};

struct reader {
	struct mutex lock;
	u8 last;
};

static const u8 *take_length(struct frame *f, const u8 *at)
{
	f->length = get_unaligned_be16(at);
	return at + 2;
}

static const u8 *take_kind(struct frame *f, const u8 *at)
{
	f->kind = *at;
	return at + 1;
}

static int parse_frame(struct frame *f, const u8 *raw, size_t size)
{
	const u8 *at = raw;

	if (size < 4)
		return -EPROTO;
	at = take_length(f, at);
	at = take_kind(f, at);
	if (crc32_be(0, raw, 2) != *at)
		return -EIO;
	return f->length > size ? -EINVAL : 0;
}

void reader_poll(struct reader *r)
{
	struct frame frame;
	u8 *raw = kzalloc(64, GFP_KERNEL); /* note: lin-mem-leak "allocated here" */

	if (!raw)
		return;
	if (parse_frame(&frame, raw, 64))
		return; /* expect: lin-mem-leak "raw is never freed when reader_poll returns" */
	mutex_lock(&r->lock);
	r->last = frame.kind;
	mutex_unlock(&r->lock);
	kfree(raw);
}
