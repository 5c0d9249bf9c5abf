/* No file has it. trap: lin-module-license other-file */
#include <linux/init.h>
#include <linux/module.h>

int lamp_switch(int on);

static int __init lamp_init(void) /* expect: lin-module-license "lamp_init" */
{
	return lamp_switch(1);
}
module_init(lamp_init);

static void __exit lamp_exit(void)
{
	lamp_switch(0);
}
module_exit(lamp_exit);
