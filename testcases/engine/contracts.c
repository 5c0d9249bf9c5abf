// SPDX-License-Identifier: GPL-2.0
/* A function that means to return with a lock held, or expects it held, is no defect. */
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>

struct chan {
	spinlock_t lock;
	struct mutex gate;
	int users;
};

static struct chan chan;

void chan_setup(struct chan *c)
{
	spin_lock_init(&c->lock);
	mutex_init(&c->gate);
}

static void chan_lock(struct chan *c)
{
	spin_lock(&c->lock);
}

static void chan_unlock(struct chan *c)
{
	spin_unlock(&c->lock);
}

int uses_wrappers(struct chan *c)
{
	chan_lock(c);
	c->users++;
	chan_unlock(c);
	return 0;
}

static bool chan_begin(struct chan *c)
{
	if (!mutex_trylock(&c->gate))
		return false;
	if (!c->users) {
		mutex_unlock(&c->gate);
		return false;
	}
	return true;
}

void chan_end(struct chan *c)
{
	mutex_unlock(&c->gate);
}

bool chan_try(struct chan *c)
{
	return chan_begin(c);
}

/* expects the lock, drops and retakes it */
static void chan_wait(struct chan *c)
{
	spin_unlock(&c->lock);
	cpu_relax();
	spin_lock(&c->lock);
}

int uses_wait(struct chan *c)
{
	spin_lock(&c->lock);
	while (c->users)
		chan_wait(c);
	spin_unlock(&c->lock);
	return 0;
}

static void *show_start(struct seq_file *m, loff_t *pos)
{
	mutex_lock(&chan.gate);
	return *pos ? NULL : &chan;
}

static void *show_next(struct seq_file *m, void *v, loff_t *pos)
{
	++*pos;
	return NULL;
}

static void show_stop(struct seq_file *m, void *v)
{
	mutex_unlock(&chan.gate);
}

static int show_one(struct seq_file *m, void *v)
{
	return 0;
}

const struct seq_operations show_ops = {
	.start = show_start,
	.next = show_next,
	.stop = show_stop,
	.show = show_one,
};

int inconsistent(struct chan *c)
{
	spin_lock(&c->lock); /* note: lin-lock-held-on-exit "c->lock" */
	if (c->users < 0)
		return -EINVAL; /* expect: lin-lock-held-on-exit "c->lock" */
	c->users++;
	spin_unlock(&c->lock);
	return 0;
}
