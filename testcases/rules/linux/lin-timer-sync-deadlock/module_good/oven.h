#pragma once
#include <linux/spinlock.h>
#include <linux/timer.h>

struct oven {
	spinlock_t lock;
	struct timer_list timer;
	int heat;
};
