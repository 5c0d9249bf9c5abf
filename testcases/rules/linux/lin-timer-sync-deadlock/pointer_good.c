/* What is behind the pointer does not wait. */
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/types.h>

struct fuse {
	struct timer_list timer;
	void (*blow)(struct fuse *f);
	int blown;
};

static void fuse_blow(struct fuse *f)
{
	f->blown = 1;
	del_timer(&f->timer); /* ok: lin-timer-sync-deadlock */
}

static void fuse_tick(struct timer_list *t)
{
	struct fuse *f = from_timer(f, t, timer);

	f->blow(f);
}

void fuse_init(struct fuse *f)
{
	f->blow = fuse_blow;
	timer_setup(&f->timer, fuse_tick, 0);
}
