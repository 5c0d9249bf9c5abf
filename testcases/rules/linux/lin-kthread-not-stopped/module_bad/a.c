#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include "tower.h"

struct task_struct *tower_thread;

static int __init tower_init(void)
{
	tower_thread = kthread_run(tower_main, NULL, "tower"); /* expect: lin-kthread-not-stopped "kthread_run" */
	return PTR_ERR_OR_ZERO(tower_thread);
}
module_init(tower_init);

static void __exit tower_exit(void)
{
	tower_close();
}
module_exit(tower_exit);
MODULE_LICENSE("GPL");
