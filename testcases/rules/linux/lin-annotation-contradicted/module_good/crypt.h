#pragma once
#include <linux/spinlock.h>

struct crypt {
	spinlock_t lock;
	int open, visits;
};

void crypt_count(struct crypt *c) __must_hold(&c->lock);
