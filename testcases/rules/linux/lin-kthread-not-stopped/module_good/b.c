#include <linux/delay.h>
#include <linux/kthread.h>
#include "tower.h"

static int tower_floors;

int tower_main(void *data)
{
	while (!kthread_should_stop())
		msleep(10);
	return 0;
}

void tower_close(void)
{
	tower_floors = 0;
	kthread_stop(tower_thread);
}
