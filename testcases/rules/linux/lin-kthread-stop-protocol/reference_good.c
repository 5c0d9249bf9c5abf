/* The task stays as long as somebody holds a reference. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/task.h>
#include <linux/wait.h>

static struct task_struct *probe_task;
static int probe_value;

/* trap: lin-kthread-stop-protocol reference */
static int probe_thread(void *data)
{
	probe_value = 1;
	return 0;
}

static int __init probe_init(void)
{
	probe_task = kthread_create(probe_thread, NULL, "probe");
	if (IS_ERR(probe_task))
		return PTR_ERR(probe_task);
	get_task_struct(probe_task);
	wake_up_process(probe_task);
	return 0;
}
module_init(probe_init);

static void __exit probe_exit(void)
{
	kthread_stop(probe_task);
	put_task_struct(probe_task);
}
module_exit(probe_exit);
MODULE_LICENSE("GPL");
