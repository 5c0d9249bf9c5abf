/* The half that talks to the motor. */
#include <linux/completion.h>
#include "lock.h"

void gate_open(struct gate *g)
{
	complete(&g->start);
	wait_for_completion(&g->done); /* ok: lin-sleep-in-atomic */
}

void gate_notify(struct gate *g)
{
	flush_work(&g->work);
}

void gate_work(struct work_struct *work)
{
	gate_open(container_of(work, struct gate, work));
}
