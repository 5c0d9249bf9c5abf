#pragma once
#include <linux/completion.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct gate {
	spinlock_t lock;
	struct completion start, done;
	struct work_struct work;
	int open;
};

void gate_open(struct gate *g);
void gate_notify(struct gate *g);
void gate_work(struct work_struct *work);
