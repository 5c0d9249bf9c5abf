#include <linux/init.h>
#include <linux/module.h>
#include "metro.h"

static int __init metro_init(void)
{
	metro_start();
	return 0;
}
module_init(metro_init);

static void __exit metro_exit(void)
{
	metro_beats = 0;
}
module_exit(metro_exit);
MODULE_LICENSE("GPL");
