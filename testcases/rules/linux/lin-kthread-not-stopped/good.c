/* The thread is stopped. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>

static struct task_struct *guard_thread;
static int guard_rounds;
static DECLARE_COMPLETION(guard_once_done);

static int guard_main(void *data)
{
	while (!kthread_should_stop()) {
		guard_rounds++;
		msleep(100);
	}
	return 0;
}

/* Trap: ends by itself, and exit waits for that. */
/* trap: lin-kthread-not-stopped one-shot */
static int guard_once(void *data)
{
	guard_rounds = 0;
	kthread_complete_and_exit(&guard_once_done, 0);
}

static int __init guard_init(void)
{
	guard_thread = kthread_run(guard_main, NULL, "guard"); /* ok: lin-kthread-not-stopped */
	if (IS_ERR(guard_thread))
		return PTR_ERR(guard_thread);
	kthread_run(guard_once, NULL, "guard-once"); /* ok: lin-kthread-not-stopped */
	return 0;
}
module_init(guard_init);

static void __exit guard_exit(void)
{
	kthread_stop(guard_thread);
	wait_for_completion(&guard_once_done);
}
module_exit(guard_exit);
MODULE_LICENSE("GPL");
