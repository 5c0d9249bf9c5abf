#include <linux/workqueue.h>
#include "tape.h"

static void tape_work(struct work_struct *work)
{
	struct tape *t = container_of(work, struct tape, work);

	tape_give(t);
}

void tape_init(struct tape *t)
{
	INIT_WORK(&t->work, tape_work);
}
