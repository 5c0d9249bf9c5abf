/* The thread keeps the module in memory until it has ended. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>

static int guard_rounds;

/* trap: lin-kthread-not-stopped own-reference */
static int guard_brief(void *data)
{
	while (guard_rounds++ < 10)
		msleep(100);
	module_put_and_kthread_exit(0);
}

static int __init guard_init(void)
{
	struct task_struct *thread;

	__module_get(THIS_MODULE);
	thread = kthread_run(guard_brief, NULL, "guard"); /* ok: lin-kthread-not-stopped */
	if (IS_ERR(thread)) {
		module_put(THIS_MODULE);
		return PTR_ERR(thread);
	}
	return 0;
}
module_init(guard_init);

static void __exit guard_exit(void)
{
	guard_rounds = 0;
}
module_exit(guard_exit);
MODULE_LICENSE("GPL");
