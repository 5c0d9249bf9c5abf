/* Tasklets that never run again. */
#include <linux/errno.h>
#include <linux/interrupt.h>

struct toaster {
	struct tasklet_struct task, *shared;
	int slots, broken;
};

void toaster_remove(struct toaster *t)
{
	tasklet_disable(&t->task); /* note: lin-tasklet-disable "t->task is disabled here" */
	tasklet_kill(&t->task); /* expect: lin-tasklet-disable "t->task is killed here while it is disabled" */
}

int toaster_resize(struct toaster *t, int slots)
{
	tasklet_disable(&t->task); /* note: lin-tasklet-disable "disabled here" */
	if (slots > 4)
		return -EINVAL; /* expect: lin-tasklet-disable "toaster_resize returns here with t->task" */
	t->slots = slots;
	tasklet_enable(&t->task);
	return 0;
}

static void toaster_stop(struct tasklet_struct *task)
{
	tasklet_disable_nosync(task);
}

void toaster_close(struct toaster *t)
{
	toaster_stop(t->shared);
	t->slots = 0;
	tasklet_kill(t->shared); /* expect: lin-tasklet-disable "t->shared" */
}

/* trap: lin-tasklet-disable nested
 * Two disables, one enable. */
void toaster_reset(struct toaster *t)
{
	tasklet_disable(&t->task);
	tasklet_disable_nosync(&t->task);
	t->slots = 0;
	tasklet_enable(&t->task);
	tasklet_kill(&t->task); /* expect: lin-tasklet-disable "t->task" */
}

/* trap: lin-tasklet-disable enabled-elsewhere
 * Another function enables it, but nobody calls that after a failure. */
int toaster_pause(struct toaster *t)
{
	tasklet_disable(&t->task);
	if (t->broken)
		return -EIO; /* expect: lin-tasklet-disable "toaster_pause" */
	if (t->slots == 0) {
		tasklet_enable(&t->task);
		return -EAGAIN;
	}
	return 0;
}

void toaster_go_on(struct toaster *t)
{
	tasklet_enable(&t->task);
}
