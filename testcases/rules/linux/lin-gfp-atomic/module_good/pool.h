#pragma once
#include <linux/interrupt.h>

struct pool {
	struct tasklet_struct tasklet;
	void *spare;
};

void pool_refill(struct pool *p);
