/* Everybody's work is waited for. */
#include <linux/workqueue.h>

struct kiln {
	struct work_struct work;
};

void kiln_stop(struct kiln *k)
{
	flush_scheduled_work(); /* expect: lin-work-flush-system "flush_scheduled_work" */ /* note: lin-work-flush-system "flush_scheduled_work waits for the work of" */
}

/* trap: lin-work-flush-system private-queue */
void kiln_wait(struct kiln *k)
{
	flush_workqueue(system_wq); /* expect: lin-work-flush-system "flush_workqueue" */
}
