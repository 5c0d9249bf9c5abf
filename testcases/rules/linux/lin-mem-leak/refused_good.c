/* A function that is not in sight has failed, and the object is gone all the same, or was not the caller's. */
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

struct note {
	int size;
};

struct line_ops {
	int (*send)(struct note *n);
};

struct line {
	const struct line_ops *ops;
	bool closed;
};

int line_send_note(struct line *l, struct note *n);
int line_register_note(struct line *l, struct note *n);

/* What was to be sent is freed by who was to send it. */
int line_notify(struct line *l)
{
	struct note *n = kzalloc(sizeof(*n), GFP_KERNEL);
	int err;

	if (!n)
		return -ENOMEM;
	if (l->closed) {
		kfree(n);
		return -EPIPE;
	}
	err = line_send_note(l, n);
	if (err)
		return err; /* ok: lin-mem-leak */
	return 0;
}

int line_notify_by_table(struct line *l)
{
	struct note *n = kzalloc(sizeof(*n), GFP_KERNEL);
	int err;

	if (!n)
		return -ENOMEM;
	if (l->closed) {
		kfree(n);
		return -EPIPE;
	}
	err = l->ops->send(n);
	if (err)
		return err; /* ok: lin-mem-leak */
	return 0;
}

/* Whether it was refused is not asked. */
int line_keep(struct line *l)
{
	struct note *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return -ENOMEM;
	if (l->closed) {
		kfree(n);
		return -EPIPE;
	}
	return line_register_note(l, n); /* ok: lin-mem-leak */
}
