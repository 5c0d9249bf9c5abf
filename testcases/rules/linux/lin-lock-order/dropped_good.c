/* A helper lets the caller's lock go before it takes the other one. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct pair {
	spinlock_t front, back;
	int moved;
};

static void pair_flush(struct pair *p)
{
	spin_unlock(&p->back);
	spin_lock(&p->front); /* ok: lin-lock-order */
	p->moved++;
	spin_unlock(&p->front);
	spin_lock(&p->back);
}

void pair_backward(struct pair *p)
{
	spin_lock(&p->back);
	pair_flush(p);
	spin_unlock(&p->back);
}

void pair_forward(struct pair *p)
{
	spin_lock(&p->front);
	spin_lock(&p->back); /* ok: lin-lock-order */
	p->moved--;
	spin_unlock(&p->back);
	spin_unlock(&p->front);
}
