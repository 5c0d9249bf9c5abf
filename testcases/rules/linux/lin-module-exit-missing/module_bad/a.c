#include <linux/init.h>
#include <linux/module.h>
#include "desk.h"

static int __init desk_init(void)
{
	return register_chrdev(DESK_MAJOR, "desk", &desk_fops); /* expect: lin-module-exit-missing "register_chrdev" */
}
module_init(desk_init);

static void __exit desk_exit(void)
{
	desk_close_all();
}
module_exit(desk_exit);
MODULE_LICENSE("GPL");
