#pragma once
#include <linux/interrupt.h>
#include <linux/workqueue.h>

struct fax {
	struct workqueue_struct *queue;
	struct work_struct work;
	int irq;
};

irqreturn_t fax_interrupt(int irq, void *data);
