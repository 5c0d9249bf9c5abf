/* A thread that outlives the module. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>

static struct task_struct *guard_thread;
static int guard_rounds;

static int guard_main(void *data)
{
	while (!kthread_should_stop()) {
		guard_rounds++;
		msleep(100);
	}
	return 0;
}

/* trap: lin-kthread-not-stopped one-shot */
static int __init guard_init(void)
{
	guard_thread = kthread_run(guard_main, NULL, "guard"); /* expect: lin-kthread-not-stopped "kthread_run" */ /* note: lin-kthread-not-stopped "guard_thread is started here" */
	if (IS_ERR(guard_thread))
		return PTR_ERR(guard_thread);
	return 0;
}
module_init(guard_init);

static void __exit guard_exit(void)
{
	guard_rounds = 0;
}
module_exit(guard_exit);
MODULE_LICENSE("GPL");
