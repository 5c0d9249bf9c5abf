/* Work waited for on the way out. */
#include <linux/i2c.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

static int mixer_level;
static struct workqueue_struct *mixer_queue;

struct mixer_note {
	struct work_struct work;
};

static void mixer_work_fn(struct work_struct *work)
{
	mixer_level++;
}

static void mixer_poll_fn(struct work_struct *work);
static DECLARE_WORK(mixer_work, mixer_work_fn);
static DECLARE_DELAYED_WORK(mixer_poll, mixer_poll_fn);
static DECLARE_WORK(mixer_own, mixer_work_fn);

static void mixer_poll_fn(struct work_struct *work)
{
	schedule_delayed_work(&mixer_poll, HZ); /* ok: lin-work-not-cancelled */
}

/* Trap: work that frees itself. */
static void mixer_note_fn(struct work_struct *work)
{
	kfree(container_of(work, struct mixer_note, work));
}

/* trap: lin-work-not-cancelled frees-itself */
void mixer_note(void)
{
	struct mixer_note *note = kmalloc(sizeof(*note), GFP_KERNEL);

	if (!note)
		return;
	INIT_WORK(&note->work, mixer_note_fn);
	schedule_work(&note->work); /* ok: lin-work-not-cancelled */
}

/* trap: lin-work-not-cancelled own-queue */
static int __init mixer_init(void)
{
	mixer_queue = alloc_workqueue("mixer", 0, 0);
	if (!mixer_queue)
		return -ENOMEM;
	schedule_work(&mixer_work); /* ok: lin-work-not-cancelled */
	/* Trap: the driver's own queue is drained when it is destroyed. */
	queue_work(mixer_queue, &mixer_own); /* ok: lin-work-not-cancelled */
	mixer_poll_fn(NULL);
	return 0;
}
module_init(mixer_init);

static void __exit mixer_exit(void)
{
	cancel_work_sync(&mixer_work);
	cancel_delayed_work_sync(&mixer_poll);
	destroy_workqueue(mixer_queue);
}
module_exit(mixer_exit);
MODULE_LICENSE("GPL");
