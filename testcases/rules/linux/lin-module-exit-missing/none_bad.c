/* There is no exit function at all. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static struct miscdevice buzzer_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "buzzer" };

/* trap: lin-module-exit-missing built-in */
static int __init buzzer_init(void)
{
	return misc_register(&buzzer_misc); /* expect: lin-module-exit-missing "misc_register" */
}
module_init(buzzer_init);
MODULE_LICENSE("GPL");
