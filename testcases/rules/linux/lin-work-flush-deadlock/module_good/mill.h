#pragma once
#include <linux/mutex.h>
#include <linux/workqueue.h>

struct mill {
	struct mutex mutex;
	struct work_struct work;
	int sacks;
};
