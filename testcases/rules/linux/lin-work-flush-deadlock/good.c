/* Waiting where the work can end. */
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
	struct work_struct last;
	int sheets;
};

/* trap: lin-work-flush-deadlock other-queue */
static void press_work(struct work_struct *work)
{
	struct press *p = container_of(work, struct press, work);

	mutex_lock(&p->mutex);
	p->sheets++;
	mutex_unlock(&p->mutex);
	/* Trap: another queue. */
	flush_workqueue(p->other); /* ok: lin-work-flush-deadlock */
}

/* trap: lin-work-flush-deadlock no-wait */
static void press_again(struct work_struct *work)
{
	cancel_work(work); /* ok: lin-work-flush-deadlock */
}

static void press_late(struct work_struct *work)
{
	struct press *p = container_of(to_delayed_work(work), struct press, late);

	mutex_lock(&p->mutex);
	p->sheets = 0;
	mutex_unlock(&p->mutex);
}

/* Trap: asks whether it is the work itself. */
static void press_remove(struct press *p)
{
	if (current_work() != &p->last)
		cancel_work_sync(&p->last); /* ok: lin-work-flush-deadlock */
	p->sheets = 0;
}

static void press_last(struct work_struct *work)
{
	press_remove(container_of(work, struct press, last));
}

void press_start(struct press *p)
{
	INIT_WORK(&p->last, press_last);
	INIT_WORK(&p->work, press_work);
	INIT_WORK(&p->again, press_again);
	INIT_DELAYED_WORK(&p->late, press_late);
	queue_work(p->queue, &p->work);
}

/* trap: lin-work-flush-deadlock other-lock */
void press_stop(struct press *p)
{
	mutex_lock(&p->mutex);
	p->sheets = -1;
	mutex_unlock(&p->mutex);
	cancel_delayed_work_sync(&p->late); /* ok: lin-work-flush-deadlock */
	/* Trap: another lock. */
	mutex_lock(&p->log);
	cancel_work_sync(&p->work); /* ok: lin-work-flush-deadlock */
	mutex_unlock(&p->log);
}

struct press_ink {
	struct mutex mutex;
	struct work_struct work;
	int level;
};

/* Does without the lock if somebody has it. */
/* trap: lin-work-flush-deadlock branch-lock */
static void press_try(struct work_struct *work)
{
	struct press_ink *ink = container_of(work, struct press_ink, work);

	if (!mutex_trylock(&ink->mutex))
		return;
	ink->level++;
	mutex_unlock(&ink->mutex);
}

void press_ink_start(struct press_ink *ink)
{
	INIT_WORK(&ink->work, press_try);
	schedule_work(&ink->work);
}

void press_ink_stop(struct press_ink *ink)
{
	mutex_lock(&ink->mutex);
	cancel_work_sync(&ink->work); /* ok: lin-work-flush-deadlock */
	mutex_unlock(&ink->mutex);
}
