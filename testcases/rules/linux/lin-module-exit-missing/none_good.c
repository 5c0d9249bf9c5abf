/* Trap: built in, so that it is never unloaded and needs no exit function. */
#undef MODULE
#include <linux/init.h>
#include <linux/miscdevice.h>
#include <linux/module.h>

static struct miscdevice buzzer_misc = { .minor = MISC_DYNAMIC_MINOR, .name = "buzzer" };

/* trap: lin-module-exit-missing built-in */
static int __init buzzer_init(void)
{
	return misc_register(&buzzer_misc); /* ok: lin-module-exit-missing */
}
device_initcall(buzzer_init);
MODULE_LICENSE("GPL");
