/* Freed by a helper that puts nothing new there. */
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
	int changes;
};

static void names_drop(struct device_names *names)
{
	kfree(names->label);
	names->changes++;
}

int names_drop_twice(struct device_names *names)
{
	names_drop(names);
	names_drop(names); /* expect: lin-use-after-free "names->label" */
	return 0;
}
