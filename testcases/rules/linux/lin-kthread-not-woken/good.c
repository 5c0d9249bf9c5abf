/* Woken at once, or later. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>

static struct task_struct *mill_task, *mill_cpu, *mill_quick;
static int mill_turns;

static int mill_thread(void *data)
{
	while (!kthread_should_stop()) {
		mill_turns++;
		msleep(100);
	}
	return 0;
}

/* trap: lin-kthread-not-woken woken-later */
static int mill_foreman(void *data)
{
	while (!kthread_should_stop()) {
		wake_up_process(mill_task);
		msleep(1000);
	}
	return 0;
}

/* trap: lin-kthread-not-woken bound-first */
static int mill_start(int cpu)
{
	struct task_struct *task = kthread_create(mill_thread, NULL, "mill");

	if (IS_ERR(task))
		return PTR_ERR(task);
	kthread_bind(task, cpu);
	set_user_nice(task, -5);
	mill_cpu = task;
	wake_up_process(task);
	return 0;
}

static int __init mill_init(void)
{
	int err;

	mill_task = kthread_create(mill_thread, NULL, "mill");
	if (IS_ERR(mill_task))
		return PTR_ERR(mill_task);
	err = mill_start(0);
	if (err)
		goto fail;
	mill_quick = kthread_run(mill_foreman, NULL, "mill2");
	if (IS_ERR(mill_quick)) {
		err = PTR_ERR(mill_quick);
		goto fail_cpu;
	}
	return 0;
fail_cpu:
	kthread_stop(mill_cpu);
fail:
	kthread_stop(mill_task);
	return err;
}
module_init(mill_init);

static void __exit mill_exit(void)
{
	kthread_stop(mill_quick);
	kthread_stop(mill_cpu);
	kthread_stop(mill_task);
}
module_exit(mill_exit);
MODULE_LICENSE("GPL");
