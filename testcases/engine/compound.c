/* Conditions of several parts that are asked a second time. */
#include <linux/slab.h>
#include <linux/spinlock.h>

struct gate {
	spinlock_t lock;
	int mode, level;
	int open, wanted;
};

int gate_step(struct gate *g);

int gate_either(struct gate *g, int a, int b)
{
	if (a || b)
		spin_lock(&g->lock);
	g->level++;
	if (a || b)
		spin_unlock(&g->lock);
	return 0; /* ok: lin-lock-held-on-exit */
}

int gate_both(struct gate *g, int a, int b)
{
	if (a && b)
		spin_lock(&g->lock);
	g->level++;
	if (a && b)
		spin_unlock(&g->lock); /* ok: lin-unlock-not-held */
	return 0;
}

int gate_numbers(struct gate *g, int mode)
{
	if (mode == 1 || mode == 3)
		spin_lock(&g->lock);
	g->level++;
	if (mode == 1 || mode == 3)
		spin_unlock(&g->lock);
	return 0; /* ok: lin-lock-held-on-exit */
}

int gate_turned(struct gate *g, int a, int b)
{
	if (a || b)
		spin_lock(&g->lock);
	g->level++;
	if (!a && !b)
		return 0; /* ok: lin-lock-held-on-exit */
	spin_unlock(&g->lock);
	return 0;
}

int gate_fields(struct gate *g, unsigned int flags)
{
	void *copy = NULL;

	if ((flags & 1) || (flags & 4))
		copy = kmalloc(16, GFP_KERNEL);
	if (((flags & 1) || (flags & 4)) && !copy)
		return -ENOMEM;
	g->level++;
	if ((flags & 1) || (flags & 4))
		kfree(copy);
	return 0; /* ok: lin-mem-leak */
}

int gate_half(struct gate *g, int a, int b)
{
	if (a || b)
		spin_lock(&g->lock);
	g->level++;
	if (a)
		spin_unlock(&g->lock);
	return 0; /* expect: lin-lock-held-on-exit "g->lock" */
}

/* asked again, but of something else by then */
int gate_changed(struct gate *g, int a, int b)
{
	if (a || b)
		spin_lock(&g->lock);
	a = gate_step(g);
	if (a || b)
		spin_unlock(&g->lock);
	return 0; /* expect: lin-lock-held-on-exit "g->lock" */
}

int gate_other(struct gate *g, int a, int b)
{
	if (a || b)
		spin_lock(&g->lock);
	g->level++;
	if (a && b)
		spin_unlock(&g->lock);
	return 0; /* expect: lin-lock-held-on-exit "g->lock" */
}
