#pragma once
#include <linux/interrupt.h>
#include <linux/mutex.h>

struct door {
	struct mutex mutex;
	int irq, open;
};
