/* A helper frees for most values; the value that is passed is one of the others. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/hid.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct sieve {
	int mesh, grains;
};

static void sieve_drop(struct sieve *sieve, int reason)
{
	if (reason == 2)
		return;
	if (reason > 1)
		kfree(sieve);
}

int sieve_shake(int mesh)
{
	struct sieve *sieve = kzalloc(sizeof(*sieve), GFP_KERNEL);

	if (!sieve)
		return -ENOMEM;
	if (mesh > 64) {
		sieve_drop(sieve, 2);
		return -EINVAL; /* expect: lin-mem-leak "sieve" */
	}
	sieve_drop(sieve, 3);
	return 0; /* ok: lin-mem-leak */
}
