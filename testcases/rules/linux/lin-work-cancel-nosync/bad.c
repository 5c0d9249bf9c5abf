/* Work whose handlers may outlive their data. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct meter {
	struct delayed_work poll;
	struct work_struct report;
	int value;
};

static struct meter *meter;
static struct workqueue_struct *meter_log;

static void meter_poll(struct work_struct *work)
{
	struct meter *m = container_of(to_delayed_work(work), struct meter, poll);

	m->value++;
	schedule_delayed_work(&m->poll, HZ);
}

static void meter_report(struct work_struct *work)
{
	struct meter *m = container_of(work, struct meter, report);

	pr_info("%d\n", m->value);
}

static void meter_clean(struct work_struct *work);
static DECLARE_DELAYED_WORK(meter_cleaner, meter_clean);

static void meter_clean(struct work_struct *work)
{
	schedule_delayed_work(&meter_cleaner, HZ);
}

/* The wrong queue is flushed. trap: lin-work-cancel-nosync queue-flushed */
static void meter_destroy(struct meter *m)
{
	cancel_delayed_work(&m->poll); /* note: lin-work-cancel-nosync "m->poll is cancelled" */
	flush_workqueue(meter_log);
	kfree(m); /* expect: lin-work-cancel-nosync "m is freed while meter_poll may still run: cancel_delayed_work" */
}

/* trap: lin-work-cancel-nosync stop-soon */
void meter_forget(struct meter *m)
{
	cancel_work(&m->report);
	kfree(m); /* expect: lin-work-cancel-nosync "m is freed while meter_report may still run" */
}

static int __init meter_init(void)
{
	meter_log = alloc_workqueue("meter-log", 0, 0);
	meter = kzalloc(sizeof(*meter), GFP_KERNEL);
	if (!meter || !meter_log)
		goto fail;
	INIT_DELAYED_WORK(&meter->poll, meter_poll);
	INIT_WORK(&meter->report, meter_report);
	schedule_delayed_work(&meter->poll, HZ);
	schedule_work(&meter->report);
	schedule_delayed_work(&meter_cleaner, HZ);
	return 0;
fail:
	if (meter_log)
		destroy_workqueue(meter_log);
	kfree(meter);
	return -ENOMEM;
}
module_init(meter_init);

static void __exit meter_exit(void)
{
	cancel_delayed_work(&meter_cleaner); /* expect: lin-work-cancel-nosync "cancel_delayed_work does not wait" */
	meter_destroy(meter);
	destroy_workqueue(meter_log);
}
module_exit(meter_exit);
MODULE_LICENSE("GPL");
