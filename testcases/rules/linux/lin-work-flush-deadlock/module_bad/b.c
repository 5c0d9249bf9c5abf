#include "mill.h"

void mill_stop(struct mill *m)
{
	mutex_lock(&m->mutex);
	cancel_work_sync(&m->work); /* expect: lin-work-flush-deadlock "cancel_work_sync" */
	mutex_unlock(&m->mutex);
}
