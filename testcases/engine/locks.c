// SPDX-License-Identifier: GPL-2.0
/* Which lock is meant, who may have released it, and how a path got to a release. */
#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct port {
	spinlock_t lock;
	struct mutex gate;
	struct port *next;
	int id, users;
};

static DEFINE_SPINLOCK(table_lock);
static DEFINE_MUTEX(table_gate);

int other_file(int value);

#define PORT_LOCK(p, f) spin_lock_irqsave(&(p)->lock, f)

static struct port *find_and_lock(struct port *p, int id)
{
	for (; p; p = p->next) {
		spin_lock(&p->lock);
		if (p->id == id)
			return p;
		spin_unlock(&p->lock);
	}
	return NULL;
}

int use_found(struct port *list, int id)
{
	struct port *p = find_and_lock(list, id);

	if (!p)
		return -ENOENT;
	p->users++;
	spin_unlock(&p->lock);
	return 0;
}

int jumps_over_the_lock(struct port *p, int n)
{
	int ret;

	if (n > 10) {
		ret = -EINVAL;
		goto out;
	}
	spin_lock(&p->lock);
	p->users = n;
	ret = 0;
out:
	spin_unlock(&p->lock); /* expect: lin-unlock-not-held "p->lock" */
	return ret;
}

void static_lock_stays_held(void)
{
	spin_lock(&table_lock); /* note: lin-sleep-in-atomic "table_lock" */
	other_file(3);
	msleep(2); /* expect: lin-sleep-in-atomic "msleep" */
	spin_unlock(&table_lock);
}

int static_lock_left(int n)
{
	int ret;

	mutex_lock(&table_gate); /* note: lin-lock-held-on-exit "table_gate" */
	ret = other_file(n);
	if (ret)
		return ret; /* expect: lin-lock-held-on-exit "table_gate" */
	mutex_unlock(&table_gate);
	return 0;
}

int behind_a_macro(struct port *p)
{
	unsigned long flags;

	PORT_LOCK(p, flags); /* note: lin-lock-held-on-exit "p->lock" */
	if (!p->users)
		return -EIO; /* expect: lin-lock-held-on-exit "p->lock" */
	spin_unlock_irqrestore(&p->lock, flags);
	return 0;
}

/* entered with p->lock held */
static void wait_unlocked(struct port *p)
{
	spin_unlock(&p->lock);
	other_file(p->id);
	spin_lock(&p->lock);
	p->users++;
}

int calls_it_held(struct port *p)
{
	spin_lock(&p->lock);
	wait_unlocked(p);
	spin_unlock(&p->lock);
	return 0;
}
