/* Cancelled and waited for, or only cancelled. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct pump {
	struct delayed_work poll;
	struct delayed_work idle;
	int value;
};

struct valve {
	struct delayed_work close;
};

static struct pump *pump;
static struct valve *valve;
static struct workqueue_struct *pump_queue, *valve_queue;

static void pump_poll(struct work_struct *work)
{
	struct pump *p = container_of(to_delayed_work(work), struct pump, poll);

	p->value++;
	queue_delayed_work(pump_queue, &p->poll, HZ);
}

static void pump_idle(struct work_struct *work)
{
	struct pump *p = container_of(to_delayed_work(work), struct pump, idle);

	p->value = 0;
}

static void valve_close(struct work_struct *work)
{
	struct valve *v = container_of(to_delayed_work(work), struct valve, close);

	pr_info("%p is closed\n", v);
}

/* trap: lin-work-cancel-nosync stop-soon */
void pump_busy(struct pump *p)
{
	cancel_delayed_work(&p->idle);
	p->value++;
}

/* trap: lin-work-cancel-nosync queue-flushed */
static void pump_destroy(struct pump *p)
{
	cancel_delayed_work_sync(&p->idle);
	cancel_delayed_work(&p->poll);
	flush_workqueue(pump_queue);
	kfree(p);
}

static int __init pump_init(void)
{
	pump_queue = alloc_workqueue("pump", 0, 0);
	valve_queue = alloc_workqueue("valve", 0, 0);
	pump = kzalloc(sizeof(*pump), GFP_KERNEL);
	valve = kzalloc(sizeof(*valve), GFP_KERNEL);
	if (!pump || !valve || !pump_queue || !valve_queue)
		goto fail;
	INIT_DELAYED_WORK(&pump->poll, pump_poll);
	INIT_DELAYED_WORK(&pump->idle, pump_idle);
	INIT_DELAYED_WORK(&valve->close, valve_close);
	queue_delayed_work(pump_queue, &pump->poll, HZ);
	schedule_delayed_work(&pump->idle, HZ);
	queue_delayed_work(valve_queue, &valve->close, HZ);
	return 0;
fail:
	if (pump_queue)
		destroy_workqueue(pump_queue);
	if (valve_queue)
		destroy_workqueue(valve_queue);
	kfree(pump);
	kfree(valve);
	return -ENOMEM;
}
module_init(pump_init);

static void __exit pump_exit(void)
{
	cancel_delayed_work(&valve->close);
	destroy_workqueue(valve_queue);
	kfree(valve);
	pump_destroy(pump);
	destroy_workqueue(pump_queue);
}
module_exit(pump_exit);
MODULE_LICENSE("GPL");
