#include "mill.h"

void mill_stop(struct mill *m)
{
	mutex_lock(&m->mutex);
	m->sacks = 0;
	mutex_unlock(&m->mutex);
	cancel_work_sync(&m->work); /* ok: lin-work-flush-deadlock */
}
