/* Both make the same order. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct lamp;

struct lamp_ops {
	void (*update)(struct lamp *l);
};

struct lamp {
	spinlock_t state_lock;
	spinlock_t bus_lock;
	const struct lamp_ops *ops;
	int on;
};

static void lamp_update(struct lamp *l)
{
	spin_lock(&l->bus_lock);
	l->on = 1;
	spin_unlock(&l->bus_lock);
}

static const struct lamp_ops lamp_ops = { .update = lamp_update };

void lamp_switch(struct lamp *l)
{
	spin_lock(&l->state_lock);
	l->ops->update(l);
	spin_unlock(&l->state_lock);
}

void lamp_probe_bus(struct lamp *l)
{
	l->ops = &lamp_ops;
	spin_lock(&l->state_lock);
	spin_lock(&l->bus_lock); /* ok: lin-lock-order */
	l->on = 0;
	spin_unlock(&l->bus_lock);
	spin_unlock(&l->state_lock);
}
