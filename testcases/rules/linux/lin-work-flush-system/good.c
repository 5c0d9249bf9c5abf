/* Only the driver's own work is waited for. */
#include <linux/workqueue.h>

struct kiln {
	struct workqueue_struct *wq;
	struct work_struct work;
};

void kiln_stop(struct kiln *k)
{
	cancel_work_sync(&k->work);
}

/* trap: lin-work-flush-system private-queue */
void kiln_wait(struct kiln *k)
{
	flush_workqueue(k->wq);
	drain_workqueue(k->wq);
}
