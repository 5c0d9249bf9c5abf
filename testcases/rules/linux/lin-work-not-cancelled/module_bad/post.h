#pragma once
#include <linux/workqueue.h>

extern struct work_struct post_work;
void post_deliver(struct work_struct *work);
