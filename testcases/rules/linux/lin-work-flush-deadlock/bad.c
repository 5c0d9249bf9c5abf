/* Waiting for work that waits for the caller. */
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct press {
	struct mutex mutex;
	struct mutex log;
	struct workqueue_struct *queue;
	struct workqueue_struct *other;
	struct work_struct work;
	struct work_struct again;
	struct delayed_work late;
	int sheets;
};

/* trap: lin-work-flush-deadlock other-queue */
static void press_work(struct work_struct *work)
{
	struct press *p = container_of(work, struct press, work);

	mutex_lock(&p->mutex);
	p->sheets++;
	mutex_unlock(&p->mutex);
	flush_workqueue(p->queue); /* expect: lin-work-flush-deadlock "flush_workqueue" */
}

/* trap: lin-work-flush-deadlock no-wait */
static void press_again(struct work_struct *work)
{
	cancel_work_sync(work); /* expect: lin-work-flush-deadlock "cancel_work_sync" */
}

static void press_late(struct work_struct *work)
{
	struct press *p = container_of(to_delayed_work(work), struct press, late);

	mutex_lock(&p->mutex);
	p->sheets = 0;
	mutex_unlock(&p->mutex);
}

void press_start(struct press *p)
{
	INIT_WORK(&p->work, press_work);
	INIT_WORK(&p->again, press_again);
	INIT_DELAYED_WORK(&p->late, press_late); /* note: lin-work-flush-deadlock "`press_late` becomes work here" */
	queue_work(p->queue, &p->work);
}

/* trap: lin-work-flush-deadlock other-lock */
/* trap: lin-work-flush-deadlock branch-lock */
void press_stop(struct press *p)
{
	mutex_lock(&p->mutex);
	p->sheets = -1;
	cancel_delayed_work_sync(&p->late); /* expect: lin-work-flush-deadlock "cancel_delayed_work_sync" */
	mutex_unlock(&p->mutex);
}
