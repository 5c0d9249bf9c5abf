/* The work destroys its own queue through a pointer. */
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct ferry {
	struct workqueue_struct *queue;
	struct work_struct work;
	void (*finish)(struct ferry *f);
	int trips;
};

static void ferry_finish(struct ferry *f)
{
	f->trips = 0;
	destroy_workqueue(f->queue); /* expect: lin-work-flush-deadlock "destroy_workqueue" */
}

static void ferry_work(struct work_struct *work)
{
	struct ferry *f = container_of(work, struct ferry, work);

	if (++f->trips > 9)
		f->finish(f);
}

void ferry_start(struct ferry *f)
{
	f->finish = ferry_finish;
	INIT_WORK(&f->work, ferry_work);
	queue_work(f->queue, &f->work);
}
