/* The cycle is entered without the lock. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct group {
	rwlock_t lock;
	struct group *parts, *next;
	int id;
};

static int group_emit_parts(struct group *g, int __user **out);

static int group_emit(struct group *g, int __user **out)
{
	int err = put_user(g->id, (*out)++);

	return err ? err : group_emit_parts(g, out);
}

static int group_emit_parts(struct group *g, int __user **out)
{
	struct group *part;
	int err = 0;

	for (part = g->parts; part && !err; part = part->next)
		err = group_emit(part, out);
	return err;
}

int group_list(struct group *g, int __user *out)
{
	int err;

	read_lock(&g->lock);
	g->id &= 0xff;
	read_unlock(&g->lock);
	err = group_emit(g, &out); /* ok: lin-user-atomic */
	return err;
}
