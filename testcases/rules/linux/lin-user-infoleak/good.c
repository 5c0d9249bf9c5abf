/* Written in full before it is copied. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct sample {
	int id;
	char flag;
	long value;
};

struct header {
	int kind, length, sequence;
};

/* Trap: all fields written, and no bytes between them. */
/* trap: lin-user-infoleak no-padding */
int sample_get(void __user *arg, int id)
{
	struct header h;

	h.kind = 1;
	h.length = sizeof(h);
	h.sequence = id;
	if (copy_to_user(arg, &h, sizeof(h))) /* ok: lin-user-infoleak */
		return -EFAULT;
	return id;
}

int sample_padded(void __user *arg, int id)
{
	struct sample s;

	memset(&s, 0, sizeof(s));
	s.id = id;
	s.value = id * 2L;
	return copy_to_user(arg, &s, sizeof(s)) ? -EFAULT : 0; /* ok: lin-user-infoleak */
}

int sample_braces(void __user *arg, int id)
{
	struct header h = {.kind = id};

	return copy_to_user(arg, &h, sizeof(h)) ? -EFAULT : 0; /* ok: lin-user-infoleak */
}

int sample_heap(void __user *arg, size_t n)
{
	int *buf = kzalloc(n, GFP_KERNEL), err = 0;

	if (!buf)
		return -ENOMEM;
	buf[0] = 1;
	if (copy_to_user(arg, buf, n)) /* ok: lin-user-infoleak */
		err = -EFAULT;
	kfree(buf);
	return err;
}

/* Trap: filled by a copy of the same length. */
/* trap: lin-user-infoleak filled-by-copy */
int sample_echo(void __user *to, const void __user *from, size_t n)
{
	char *buf = kmalloc(n, GFP_KERNEL);
	int err = -EFAULT;

	if (!buf)
		return -ENOMEM;
	if (!copy_from_user(buf, from, n) && !copy_to_user(to, buf, n)) /* ok: lin-user-infoleak */
		err = 0;
	kfree(buf);
	return err;
}

int sample_copy(void __user *to, const struct header *from)
{
	struct header h;

	memcpy(&h, from, sizeof(h));
	return copy_to_user(to, &h, sizeof(h)) ? -EFAULT : 0; /* ok: lin-user-infoleak */
}

/* Trap: only the filled part is copied. */
/* trap: lin-user-infoleak filled-part */
int sample_text(char __user *arg, int id)
{
	char text[64];
	int n = snprintf(text, sizeof(text), "%d\n", id);

	return copy_to_user(arg, text, n) ? -EFAULT : n; /* ok: lin-user-infoleak */
}

/* Trap: filled by a function of the driver. */
static void sample_fill(struct header *h)
{
	h->kind = 1;
	h->length = 2;
	h->sequence = 3;
}

int sample_helper(void __user *arg)
{
	struct header h;

	sample_fill(&h);
	return copy_to_user(arg, &h, sizeof(h)) ? -EFAULT : 0; /* ok: lin-user-infoleak */
}

/* Trap: another structure, assigned as a whole. */
int sample_assign(void __user *arg, const struct header *from)
{
	struct header h = *from;

	return copy_to_user(arg, &h, sizeof(h)) ? -EFAULT : 0; /* ok: lin-user-infoleak */
}
