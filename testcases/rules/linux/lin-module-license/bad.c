/* Says who wrote it, but not under which terms. */
#include <linux/init.h>
#include <linux/module.h>

static int lamp_on;

static int __init lamp_init(void) /* expect: lin-module-license "lamp_init makes this a module" */ /* note: lin-module-license "lamp_init makes this a module, but no file" */
{
	lamp_on = 1;
	return 0;
}
module_init(lamp_init);

static void __exit lamp_exit(void)
{
	lamp_on = 0;
}
module_exit(lamp_exit);
MODULE_AUTHOR("nobody");
MODULE_DESCRIPTION("a lamp");
