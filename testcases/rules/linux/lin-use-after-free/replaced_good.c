/* A helper frees what a field held and puts something new there: the next call frees that, not the first again. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>

struct label {
	int length;
};

struct device_names {
	struct label *label;
};

static int names_replace(struct device_names *names, int length)
{
	struct label *old, *label = kmalloc(sizeof(*label), GFP_KERNEL);

	if (!label)
		return -ENOMEM;
	label->length = length;
	old = names->label;
	names->label = label;
	kfree(old);
	return 0;
}

int names_set_twice(struct device_names *names)
{
	int ret = names_replace(names, 1);

	if (ret)
		return ret;
	return names_replace(names, 2);
}

int names_replace_and_read(struct device_names *names)
{
	int ret = names_replace(names, 1);

	if (ret)
		return ret;
	return names->label->length;
}
