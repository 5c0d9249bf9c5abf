/* Enabled again, or enabled by somebody else. */
#include <linux/errno.h>
#include <linux/interrupt.h>

struct toaster {
	struct tasklet_struct task;
	int slots, broken;
};

void toaster_remove(struct toaster *t)
{
	tasklet_disable(&t->task);
	t->slots = 0;
	tasklet_enable(&t->task);
	tasklet_kill(&t->task);
}

int toaster_resize(struct toaster *t, int slots)
{
	if (slots > 4)
		return -EINVAL;
	tasklet_disable(&t->task);
	t->slots = slots;
	tasklet_enable(&t->task);
	return 0;
}

/* trap: lin-tasklet-disable nested */
void toaster_reset(struct toaster *t)
{
	tasklet_disable(&t->task);
	tasklet_disable_nosync(&t->task);
	t->slots = 0;
	tasklet_enable(&t->task);
	tasklet_enable(&t->task);
	tasklet_kill(&t->task);
}

/* trap: lin-tasklet-disable enabled-elsewhere */
void toaster_pause(struct toaster *t)
{
	tasklet_disable(&t->task);
	t->broken = 0;
}

void toaster_go_on(struct toaster *t)
{
	tasklet_enable(&t->task);
}
