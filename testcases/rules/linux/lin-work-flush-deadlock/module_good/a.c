#include "mill.h"

static void mill_work(struct work_struct *work)
{
	struct mill *m = container_of(work, struct mill, work);

	mutex_lock(&m->mutex);
	m->sacks++;
	mutex_unlock(&m->mutex);
}

void mill_start(struct mill *m)
{
	INIT_WORK(&m->work, mill_work);
	schedule_work(&m->work);
}
