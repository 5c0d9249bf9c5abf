/* Freed where another call fails, and kept where it does not: that call says nothing of what there is to free. */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct reel {
	int turns;
	char label[24];
};

int reel_load(const void __user *user)
{
	struct reel *reel = kzalloc(sizeof(*reel), GFP_KERNEL);
	int turns;

	if (!reel)
		return -ENOMEM;
	if (copy_from_user(&turns, user, sizeof(turns)))
		kfree(reel);
	return 0; /* expect: lin-mem-leak "reel" */
}

int reel_parse(const char *text)
{
	struct reel *reel = kzalloc(sizeof(*reel), GFP_KERNEL);
	int turns;

	if (!reel)
		return -ENOMEM;
	if (kstrtoint(text, 0, &turns))
		kfree(reel);
	return 0; /* expect: lin-mem-leak "reel" */
}
