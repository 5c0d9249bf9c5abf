#include "drip.h"

struct tasklet_struct drip_tasklet;
static int drips;

void drip_run(struct tasklet_struct *t)
{
	drips++;
}

void drip_close(void)
{
	drips = 0;
}
