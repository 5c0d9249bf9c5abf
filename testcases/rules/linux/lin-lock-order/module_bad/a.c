#include "mail.h"

void mail_send(struct mail *m)
{
	mutex_lock(&m->queue_lock);
	mail_count(m);
	mutex_unlock(&m->queue_lock);
}
