#pragma once
#include <linux/spinlock.h>

struct ring {
	spinlock_t lock;
	unsigned int tail;
	char data[128];
};

int ring_to_user(struct ring *r, char __user *to, unsigned int n);
