/* Known gaps: the second acquisition is in a callee. */
#include <linux/spinlock.h>

struct relay {
	spinlock_t lock;
	int hops;
};

static void relay_bump(struct relay *r)
{
	spin_lock(&r->lock);
	r->hops++;
	spin_unlock(&r->lock);
}

void relay_forward(struct relay *r)
{
	spin_lock(&r->lock);
	relay_bump(r); /* todo-expect: lin-lock-double "r->lock" */
	spin_unlock(&r->lock);
}
