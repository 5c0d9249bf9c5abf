// SPDX-License-Identifier: GPL-2.0
/* Copies share the value: no name matters. */
#include <linux/slab.h>
#include <linux/spinlock.h>

struct item {
	spinlock_t lock;
	struct item *peer;
	char *name;
};

int through_a_copy(struct item *it)
{
	struct item *other = it;

	spin_lock(&it->lock);
	other->name = NULL;
	spin_unlock(&other->lock);
	return 0;
}

void freed_through_a_copy(size_t n)
{
	char *a = kmalloc(n, GFP_KERNEL), *b;

	if (!a)
		return;
	b = a;
	kfree(a); /* note: lin-use-after-free "a" */
	b[0] = 1; /* expect: lin-use-after-free */
}

int lock_pointer(struct item *it)
{
	spinlock_t *lock = &it->lock;

	spin_lock(lock); /* note: lin-lock-held-on-exit "lock" */
	if (!it->name)
		return -EINVAL; /* expect: lin-lock-held-on-exit "lock" */
	spin_unlock(&it->lock);
	return 0;
}

int two_objects(struct item *a, struct item *b)
{
	spin_lock(&a->lock);
	spin_lock(&b->lock);
	b->name = a->name;
	spin_unlock(&b->lock);
	spin_unlock(&a->lock);
	return 0;
}

int field_re_read(struct item *it)
{
	spin_lock(&it->peer->lock);
	it->peer->name = NULL;
	spin_unlock(&it->peer->lock);
	return 0;
}
