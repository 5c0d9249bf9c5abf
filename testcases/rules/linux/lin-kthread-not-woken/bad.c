/* Threads that never run. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>

static struct task_struct *mill_task, *mill_second;
static int mill_turns;

static int mill_thread(void *data)
{
	while (!kthread_should_stop()) {
		mill_turns++;
		msleep(100);
	}
	return 0;
}

/* trap: lin-kthread-not-woken bound-first */
int mill_once(int cpu)
{
	struct task_struct *task = kthread_create(mill_thread, NULL, "mill"); /* note: lin-kthread-not-woken "creates" */

	if (IS_ERR(task))
		return PTR_ERR(task);
	kthread_bind(task, cpu);
	return 0; /* expect: lin-kthread-not-woken "created at line 21 is lost here" */
}

/* trap: lin-kthread-not-woken woken-later */
static int __init mill_init(void)
{
	mill_task = kthread_create(mill_thread, NULL, "mill"); /* expect: lin-kthread-not-woken "kthread_create creates here" */
	if (IS_ERR(mill_task))
		return PTR_ERR(mill_task);
	mill_second = kthread_run(mill_thread, NULL, "mill2");
	if (IS_ERR(mill_second)) {
		kthread_stop(mill_task);
		return PTR_ERR(mill_second);
	}
	wake_up_process(mill_second);
	return 0;
}
module_init(mill_init);

static void __exit mill_exit(void)
{
	kthread_stop(mill_second);
	kthread_stop(mill_task);
}
module_exit(mill_exit);
MODULE_LICENSE("GPL");
