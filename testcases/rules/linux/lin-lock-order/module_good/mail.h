#pragma once
#include <linux/mutex.h>

struct mail {
	struct mutex queue_lock, stat_lock;
	int sent;
};

void mail_send(struct mail *m);
void mail_count(struct mail *m);
