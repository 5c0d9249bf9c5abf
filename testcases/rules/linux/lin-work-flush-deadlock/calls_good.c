/* The helper is called without the lock. */
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct harbour {
	struct mutex mutex;
	struct work_struct work;
	int ships;
};

static void harbour_count(struct harbour *h)
{
	mutex_lock(&h->mutex);
	h->ships++;
	mutex_unlock(&h->mutex);
}

static void harbour_work(struct work_struct *work)
{
	harbour_count(container_of(work, struct harbour, work));
}

static void harbour_quiet(struct harbour *h)
{
	flush_work(&h->work); /* ok: lin-work-flush-deadlock */
}

void harbour_open(struct harbour *h)
{
	INIT_WORK(&h->work, harbour_work);
	schedule_work(&h->work);
}

void harbour_close(struct harbour *h)
{
	mutex_lock(&h->mutex);
	h->ships = 0;
	mutex_unlock(&h->mutex);
	harbour_quiet(h);
}
