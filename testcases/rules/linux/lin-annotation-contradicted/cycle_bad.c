/* The assertion is in a cycle of calls. */
#include <linux/errno.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct ward {
	struct mutex lock;
	struct ward *next;
	int beds;
};

static int ward_sum_next(struct ward *all, struct ward *w);

static int ward_sum(struct ward *all, struct ward *w)
{
	lockdep_assert_held(&all->lock);
	return w->beds + ward_sum_next(all, w->next);
}

static int ward_sum_next(struct ward *all, struct ward *w)
{
	return w ? ward_sum(all, w) : 0;
}

int ward_beds(struct ward *all)
{
	int beds;

	mutex_lock(&all->lock);
	all->beds = 0;
	mutex_unlock(&all->lock);
	beds = ward_sum(all, all); /* expect: lin-annotation-contradicted "" */
	return beds;
}
