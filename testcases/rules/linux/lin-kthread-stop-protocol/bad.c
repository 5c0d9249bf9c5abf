/* Threads that do not wait to be told. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/task.h>
#include <linux/wait.h>

struct pump {
	struct task_struct *task;
	int level;
	int broken;
};

static struct pump pump;
static struct task_struct *pump_once, *pump_watch;
static DECLARE_WAIT_QUEUE_HEAD(pump_wait);

/* trap: lin-kthread-stop-protocol waits-at-end */
static int pump_thread(void *data)
{
	struct pump *p = data;

	if (!p->level)
		return -ENODEV; /* expect: lin-kthread-stop-protocol "pump_thread may end here without having been told" */
	while (!kthread_should_stop()) {
		p->level--;
		msleep(20);
	}
	return 0;
}

/* trap: lin-kthread-stop-protocol forgets-task */
static int pump_once_thread(void *data) /* expect: lin-kthread-stop-protocol "pump_once_thread never asks" */
{
	pump.level = 100;
	return 0;
}

/* trap: lin-kthread-stop-protocol reference */
static int pump_watch_thread(void *data)
{
	while (!kthread_should_stop()) {
		wait_event_interruptible(pump_wait, pump.broken || kthread_should_stop());
		if (pump.broken)
			break;
	}
	return 0; /* expect: lin-kthread-stop-protocol "pump_watch_thread may end here" */
}

void pump_break(void)
{
	pump.broken = 1;
	wake_up(&pump_wait);
}

static int __init pump_init(void)
{
	pump.task = kthread_run(pump_thread, &pump, "pump"); /* note: lin-kthread-stop-protocol "is started here" */
	if (IS_ERR(pump.task))
		return PTR_ERR(pump.task);
	pump_once = kthread_run(pump_once_thread, NULL, "pump-once");
	if (IS_ERR(pump_once))
		goto fail;
	pump_watch = kthread_run(pump_watch_thread, NULL, "pump-watch");
	if (IS_ERR(pump_watch))
		goto fail_once;
	return 0;
fail_once:
	kthread_stop(pump_once);
fail:
	kthread_stop(pump.task); /* note: lin-kthread-stop-protocol "kthread_stop tells it to end" */
	return -ENOMEM;
}
module_init(pump_init);

static void __exit pump_exit(void)
{
	kthread_stop(pump_watch);
	kthread_stop(pump_once);
	kthread_stop(pump.task);
}
module_exit(pump_exit);
MODULE_LICENSE("GPL");
