/* Known gaps. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/spinlock.h>

struct lane {
	struct mutex mutex;
	int cars;
};

static void lane_count(struct lane *lane)
{
	mutex_lock(&lane->mutex);
	lane->cars++;
	mutex_unlock(&lane->mutex);
}

/* A lock that a helper took and let go of may be the caller's for what comes then. */
void lane_leave(struct lane *lane, int far)
{
	lane_count(lane);
	if (far)
		mutex_unlock(&lane->mutex); /* todo-expect: lin-unlock-not-held "mutex" */
}
