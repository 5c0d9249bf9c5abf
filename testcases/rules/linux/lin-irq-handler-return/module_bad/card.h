#pragma once
#include <linux/interrupt.h>

struct card {
	void __iomem *base;
	int irq, count;
};

irqreturn_t card_interrupt(int irq, void *data);
