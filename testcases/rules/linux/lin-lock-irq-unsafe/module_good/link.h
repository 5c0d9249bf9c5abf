#pragma once
#include <linux/spinlock.h>

struct link {
	spinlock_t lock;
	int frames;
};
