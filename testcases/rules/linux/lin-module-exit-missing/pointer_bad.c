/* Exit calls a table's function, which releases nothing. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>

struct part {
	int (*start)(void);
	void (*stop)(void);
};

static struct miscdevice part_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "part" };
static int part_users;

static int part_start(void)
{
	return misc_register(&part_misc); /* expect: lin-module-exit-missing "misc_register" */
}

/* trap: lin-module-exit-missing function-pointer */
static void part_stop(void)
{
	part_users = 0;
}

static const struct part part = { .start = part_start, .stop = part_stop };

static int __init part_init(void)
{
	return part.start();
}
module_init(part_init);

static void __exit part_exit(void)
{
	part.stop();
}
module_exit(part_exit);
MODULE_LICENSE("GPL");
