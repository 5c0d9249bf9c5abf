#pragma once
#include <linux/interrupt.h>

extern struct tasklet_struct drip_tasklet;
void drip_run(struct tasklet_struct *t);
void drip_close(void);
