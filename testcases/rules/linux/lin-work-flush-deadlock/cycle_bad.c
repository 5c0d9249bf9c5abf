/* The work reaches the wait in a cycle of calls. */
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
		flush_work(&l->work); /* expect: lin-work-flush-deadlock "flush_work" */
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
