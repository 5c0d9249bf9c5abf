/* As bad, and killed. */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>

static int knock_count;

static void knock_tasklet_fn(struct tasklet_struct *t)
{
	knock_count = 0;
}

static DECLARE_TASKLET(knock_tasklet, knock_tasklet_fn);

static void knock_twice(int n);

static void knock_once(int n)
{
	if (n > 0)
		knock_twice(n - 1);
	else
		tasklet_hi_schedule(&knock_tasklet); /* ok: lin-tasklet-not-killed */
}

static void knock_twice(int n)
{
	knock_once(n - 1);
}

static int __init knock_init(void)
{
	knock_twice(9);
	return 0;
}
module_init(knock_init);

static void __exit knock_exit(void)
{
	knock_count = -1;
	tasklet_kill(&knock_tasklet);
}
module_exit(knock_exit);
MODULE_LICENSE("GPL");
