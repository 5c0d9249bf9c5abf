/* Memory that no path frees, stores or hands on. */
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
	char *label;
	int weight;
};

/* trap: lin-mem-leak cleanup-attribute */
int crate_load(void __user *from, size_t n)
{
	char *buf = kmalloc(n, GFP_KERNEL); /* note: lin-mem-leak "buf" */
	int sum = 0;

	if (!buf)
		return -ENOMEM;
	if (copy_from_user(buf, from, n))
		return -EFAULT; /* expect: lin-mem-leak "buf" */
	while (n--)
		sum += buf[n];
	kfree(buf);
	return sum;
}

/* The second allocation fails and the first one is forgotten. */
/* trap: lin-mem-leak container-of */
/* trap: lin-mem-leak failed-allocation */
int crate_pair(struct crate *out)
{
	char *label, *scratch;

	label = kstrdup("crate", GFP_KERNEL); /* note: lin-mem-leak "label" */
	if (!label)
		return -ENOMEM;
	scratch = vmalloc(4096);
	if (!scratch)
		return -ENOMEM; /* expect: lin-mem-leak "label" */
	strscpy(scratch, label, 4096);
	out->weight = strlen(scratch);
	vfree(scratch);
	out->label = label;
	return 0;
}

/* The label of the ladder is one too low. */
/* trap: lin-mem-leak managed */
int crate_scan(const int *weights, int n)
{
	int *copy, err = 0, i;
	struct page *page;

	page = alloc_page(GFP_KERNEL); /* note: lin-mem-leak "page" */
	if (!page)
		return -ENOMEM;
	copy = kmemdup(weights, n * sizeof(*copy), GFP_KERNEL);
	if (!copy) {
		err = -ENOMEM;
		goto out;
	}
	for (i = 0; i < n; i++) {
		if (copy[i] < 0) {
			err = -EINVAL;
			goto free_copy;
		}
	}
	__free_page(page);
	kfree(copy);
	return 0;
free_copy:
	kfree(copy);
out:
	return err; /* expect: lin-mem-leak "page" */
}

/* The only pointer to it is overwritten. */
/* trap: lin-mem-leak error-helper */
int crate_ship(bool empty)
{
	void *buf = kzalloc(64, GFP_KERNEL); /* note: lin-mem-leak "buf" */

	if (!buf)
		return -ENOMEM;
	if (empty)
		buf = NULL;
	kfree(buf);
	return 0; /* expect: lin-mem-leak "buf" */
}

void crate_print(int id)
{
	char *name = kasprintf(GFP_KERNEL, "crate-%d", id); /* note: lin-mem-leak "name" */

	if (!name)
		return;
	pr_info("%s\n", name);
} /* expect: lin-mem-leak "name" */

/* trap: lin-mem-leak kept-by-callee */
int crate_packet(struct net_device *dev, unsigned int length)
{
	struct sk_buff *skb = alloc_skb(length, GFP_KERNEL); /* note: lin-mem-leak "skb" */

	if (!skb)
		return -ENOMEM;
	if (length < 14)
		return -EINVAL; /* expect: lin-mem-leak "skb" */
	skb_put(skb, length);
	skb->dev = dev;
	return dev_queue_xmit(skb);
}

/* The pointer is in a local structure, which dies here. */
/* trap: lin-mem-leak stored */
int crate_local(void)
{
	struct crate c;

	c.label = kmalloc(32, GFP_KERNEL); /* note: lin-mem-leak "c.label" */
	if (!c.label)
		return -ENOMEM;
	c.weight = 3;
	return c.weight; /* expect: lin-mem-leak "c.label" */
}
