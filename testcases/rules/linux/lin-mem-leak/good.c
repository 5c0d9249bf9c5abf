/* Freed, stored, returned or handed on. */
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

struct crate {
	struct list_head link;
	struct work_struct work;
	char *label;
	int weight;
};

static LIST_HEAD(crates);
static char *last_label;

/* trap: lin-mem-leak failed-allocation */
int crate_load(void __user *from, size_t n)
{
	char *buf = kmalloc(n, GFP_KERNEL);
	int sum = 0;

	if (!buf)
		return -ENOMEM; /* ok: lin-mem-leak */
	if (copy_from_user(buf, from, n)) {
		kfree(buf);
		return -EFAULT; /* ok: lin-mem-leak */
	}
	while (n--)
		sum += buf[n];
	kfree(buf);
	return sum;
}

int crate_pair(struct crate *out)
{
	char *label, *scratch;

	label = kstrdup("crate", GFP_KERNEL);
	if (!label)
		return -ENOMEM;
	scratch = vmalloc(4096);
	if (!scratch)
		goto free_label;
	strscpy(scratch, label, 4096);
	out->weight = strlen(scratch);
	vfree(scratch);
	out->label = label;
	return 0; /* ok: lin-mem-leak */
free_label:
	kfree(label);
	return -ENOMEM; /* ok: lin-mem-leak */
}

int crate_ship(int rounds)
{
	void *buf;
	int i;

	for (i = 0; i < rounds; i++) {
		buf = kzalloc(64, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
		kfree(buf);
	}
	return 0; /* ok: lin-mem-leak */
}

/* Trap: stored in a global. */
/* trap: lin-mem-leak stored */
int crate_name(int id)
{
	char *name = kasprintf(GFP_KERNEL, "crate-%d", id);

	if (!name)
		return -ENOMEM;
	kfree(last_label);
	last_label = name;
	return 0; /* ok: lin-mem-leak */
}

/* Trap: a list keeps it through an embedded member. */
int crate_add(int weight)
{
	struct crate *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	c->weight = weight;
	list_add_tail(&c->link, &crates);
	return 0; /* ok: lin-mem-leak */
}

/* Trap: kept in private_data. */
int crate_open(struct inode *inode, struct file *file)
{
	struct crate *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	file->private_data = c;
	return 0; /* ok: lin-mem-leak */
}

/* Trap: a work item that frees itself. */
static void crate_work(struct work_struct *work)
{
	struct crate *c = container_of(work, struct crate, work);

	kfree(c->label);
	kfree(c);
}

int crate_defer(int weight)
{
	struct crate *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	INIT_WORK(&c->work, crate_work);
	c->weight = weight;
	schedule_work(&c->work);
	return 0; /* ok: lin-mem-leak */
}

/* Trap: returned, itself or through a parameter. */
struct crate *crate_new(void)
{
	struct crate *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (c)
		c->weight = 1;
	return c; /* ok: lin-mem-leak */
}

int crate_make(struct crate **out)
{
	struct crate *c = crate_new();

	if (!c)
		return -ENOMEM;
	c->label = kstrdup("made", GFP_KERNEL);
	if (!c->label) {
		kfree(c);
		return -ENOMEM; /* ok: lin-mem-leak */
	}
	*out = c;
	return 0; /* ok: lin-mem-leak */
}

/* Trap: freed by an error helper. */
static int crate_fail(struct crate *c, int err)
{
	kfree(c->label);
	kfree(c);
	return err;
}

/* trap: lin-mem-leak error-helper */
int crate_check(int weight)
{
	struct crate *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	if (weight < 0)
		return crate_fail(c, -EINVAL); /* ok: lin-mem-leak */
	kfree(c);
	return 0;
}

/* Trap: belongs to the device. */
/* trap: lin-mem-leak managed */
int crate_probe(struct device *dev)
{
	struct crate *c = devm_kzalloc(dev, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	if (!dev->parent)
		return -ENODEV; /* ok: lin-mem-leak */
	dev_set_drvdata(dev, c);
	return 0;
}

/* Trap: freed through the member that was given. */
static void crate_release(struct list_head *link)
{
	kfree(container_of(link, struct crate, link));
}

/* trap: lin-mem-leak container-of */
int crate_bounce(void)
{
	struct crate *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	crate_release(&c->link);
	return 0; /* ok: lin-mem-leak */
}

/* Trap: the network stack takes the buffer. */
/* trap: lin-mem-leak kept-by-callee */
int crate_packet(struct net_device *dev, unsigned int length)
{
	struct sk_buff *skb = alloc_skb(length, GFP_KERNEL);

	if (!skb)
		return -ENOMEM;
	skb_put(skb, length);
	skb->dev = dev;
	return dev_queue_xmit(skb); /* ok: lin-mem-leak */
}

/* Trap: a cleanup attribute frees it at the end of the scope. */
static inline void crate_cleanup(void *p)
{
	kfree(*(void **)p);
}

/* trap: lin-mem-leak cleanup-attribute */
int crate_scoped(int n)
{
	char *buf __attribute__((cleanup(crate_cleanup))) = kmalloc(n, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (n < 4)
		return -EINVAL; /* ok: lin-mem-leak */
	buf[0] = 0;
	return 0; /* ok: lin-mem-leak */
}

/* Trap: grown in place; on failure the old block is still there. */
int crate_grow(int n)
{
	char *buf = kmalloc(16, GFP_KERNEL), *bigger;

	if (!buf)
		return -ENOMEM;
	bigger = krealloc(buf, n, GFP_KERNEL);
	if (!bigger) {
		kfree(buf);
		return -ENOMEM; /* ok: lin-mem-leak */
	}
	kfree(bigger);
	return 0; /* ok: lin-mem-leak */
}

/* Trap: allocated and freed under the same condition. */
int crate_optional(const void *src, size_t n)
{
	void *copy = NULL;

	if (n > 64) {
		copy = kmemdup(src, n, GFP_KERNEL);
		if (!copy)
			return -ENOMEM;
	}
	if (copy)
		kfree(copy);
	return 0; /* ok: lin-mem-leak */
}
