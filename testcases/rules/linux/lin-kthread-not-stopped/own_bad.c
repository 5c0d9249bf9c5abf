/* The thread ends by itself, but nothing keeps the module until then. */
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
	return 0;
}

static int __init guard_init(void)
{
	struct task_struct *thread;

	thread = kthread_run(guard_brief, NULL, "guard"); /* expect: lin-kthread-not-stopped "kthread_run" */
	return PTR_ERR_OR_ZERO(thread);
}
module_init(guard_init);

static void __exit guard_exit(void)
{
	guard_rounds = 0;
}
module_exit(guard_exit);
MODULE_LICENSE("GPL");
