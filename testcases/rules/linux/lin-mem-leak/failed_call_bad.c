/* Freed where another call fails, and kept where it does not: that call says nothing of what there is to free. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/hid.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
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

/* A condition that is asked again as a value is no answer of a call. */
int reel_splice(int mode, int turns)
{
	struct reel *reel = NULL, *other;

	if (mode == 1 && turns > 2) {
		reel = kzalloc(sizeof(*reel), GFP_KERNEL);
		if (!reel)
			return -ENOMEM;
	}
	other = kzalloc(sizeof(*other), GFP_KERNEL);
	if (!other)
		return -ENOMEM; /* expect: lin-mem-leak "reel" */
	kfree(other);
	if ((mode == 1 && turns > 2) != 0)
		kfree(reel);
	return 0; /* ok: lin-mem-leak */
}
