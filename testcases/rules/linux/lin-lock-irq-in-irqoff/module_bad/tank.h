#pragma once
#include <linux/spinlock.h>

struct tank {
	spinlock_t lock, gauge_lock;
	int fill, gauge;
};

void tank_measure(struct tank *t);
