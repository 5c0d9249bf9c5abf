/* One function is broken beyond repair; the others are still analysed. */
#include <linux/module.h>
#include <linux/slab.h>

static int before(void)
{
	void *p = kmalloc(10, GFP_KERNEL);

	kfree(p);
	return 0;
}

static int broken(void)
{
	int a = 3 +;
	if (a {
		return 1;
	}
	return 0;
}

static int after(void)
{
	return before();
}
