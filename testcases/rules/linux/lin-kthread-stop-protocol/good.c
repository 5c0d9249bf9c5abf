/* Threads that wait to be told, or tell. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched/task.h>
#include <linux/wait.h>

static struct task_struct *pump_task, *pump_once, *pump_free, *pump_sleep;
static DEFINE_MUTEX(pump_lock);
static int pump_level;

static int pump_thread(void *data)
{
	bool stop;

	for (;;) {
		stop = kthread_should_stop();
		if (stop)
			break;
		pump_level--;
		msleep(20);
	}
	return 0;
}

/* trap: lin-kthread-stop-protocol waits-at-end */
static int pump_once_thread(void *data)
{
	int err = 0;

	if (!pump_level) {
		err = -ENODEV;
		goto out;
	}
	pump_level = 100;
out:
	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
	return err;
}

/* trap: lin-kthread-stop-protocol forgets-task */
static int pump_free_thread(void *data)
{
	while (!kthread_should_stop()) {
		if (!pump_level) {
			mutex_lock(&pump_lock);
			pump_free = NULL;
			mutex_unlock(&pump_lock);
			return 0;
		}
		msleep(20);
	}
	return 0;
}

static DECLARE_WAIT_QUEUE_HEAD(pump_wait);

int pump_sleeper(void *data)
{
	wait_event(pump_wait, kthread_should_stop());
	return 0;
}

static int __init pump_init(void)
{
	pump_task = kthread_run(pump_thread, NULL, "pump");
	if (IS_ERR(pump_task))
		return PTR_ERR(pump_task);
	pump_once = kthread_run(pump_once_thread, NULL, "pump-once");
	if (IS_ERR(pump_once))
		goto fail;
	pump_sleep = kthread_run(pump_sleeper, NULL, "pump-sleep");
	if (IS_ERR(pump_sleep))
		goto fail_once;
	pump_free = kthread_run(pump_free_thread, NULL, "pump-free");
	if (IS_ERR(pump_free))
		goto fail_sleep;
	return 0;
fail_sleep:
	kthread_stop(pump_sleep);
fail_once:
	kthread_stop(pump_once);
fail:
	kthread_stop(pump_task);
	return -ENOMEM;
}
module_init(pump_init);

static void __exit pump_exit(void)
{
	mutex_lock(&pump_lock);
	if (pump_free)
		kthread_stop(pump_free);
	mutex_unlock(&pump_lock);
	kthread_stop(pump_sleep);
	kthread_stop(pump_once);
	kthread_stop(pump_task);
}
module_exit(pump_exit);
MODULE_LICENSE("GPL");
