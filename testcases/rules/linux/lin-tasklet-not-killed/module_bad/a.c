#include <linux/init.h>
#include <linux/module.h>
#include "drip.h"

static int __init drip_init(void)
{
	tasklet_setup(&drip_tasklet, drip_run);
	tasklet_schedule(&drip_tasklet); /* expect: lin-tasklet-not-killed "drip_tasklet" */
	return 0;
}
module_init(drip_init);

static void __exit drip_exit(void)
{
	drip_close();
}
module_exit(drip_exit);
MODULE_LICENSE("GPL");
