#include "mail.h"

void mail_count(struct mail *m)
{
	mutex_lock(&m->stat_lock);
	m->sent++;
	mutex_unlock(&m->stat_lock);
}

void mail_reset(struct mail *m)
{
	mutex_lock(&m->queue_lock);
	mutex_lock(&m->stat_lock); /* ok: lin-lock-order */
	m->sent = 0;
	mutex_unlock(&m->stat_lock);
	mutex_unlock(&m->queue_lock);
}
