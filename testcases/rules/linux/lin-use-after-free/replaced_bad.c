/* Freed by a helper that puts nothing new there. */
#include <linux/errno.h>
#include <linux/slab.h>

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
