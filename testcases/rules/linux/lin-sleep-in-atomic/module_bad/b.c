/* The half that talks to the motor. */
#include <linux/completion.h>
#include "lock.h"

void gate_open(struct gate *g)
{
	complete(&g->start);
	wait_for_completion(&g->done); /* expect: lin-sleep-in-atomic "wait_for_completion" */
}

void gate_notify(struct gate *g)
{
	flush_work(&g->work);
}
