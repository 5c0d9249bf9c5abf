/* The cycle waits for nothing. */
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct loom {
	struct work_struct work;
	int threads;
};

static void loom_back(struct loom *l);

static void loom_forth(struct loom *l)
{
	if (l->threads-- > 0)
		loom_back(l);
	else
		schedule_work(&l->work); /* ok: lin-work-flush-deadlock */
}

static void loom_back(struct loom *l)
{
	loom_forth(l);
}

static void loom_work(struct work_struct *work)
{
	loom_back(container_of(work, struct loom, work));
}

void loom_init(struct loom *l)
{
	INIT_WORK(&l->work, loom_work);
}
