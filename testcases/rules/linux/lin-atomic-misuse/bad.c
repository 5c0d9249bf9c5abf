/* Atomic counters used in two steps. */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct node {
	atomic_t users;
	atomic_t seen;
	spinlock_t lock;
	int limit;
};

void node_put(struct node *n)
{
	atomic_dec(&n->users); /* note: lin-atomic-misuse "n->users is decreased here" */
	if (atomic_read(&n->users) == 0) /* expect: lin-atomic-misuse "n->users is read again after it was decreased" */
		kfree(n);
}

int node_drop(struct node *n, int count)
{
	atomic_sub(count, &n->users);
	if (!atomic_read(&n->users)) /* expect: lin-atomic-misuse "n->users" */
		return -ENODEV;
	return 0;
}

void node_grow(struct node *n)
{
	atomic_set(&n->seen, atomic_read(&n->seen) + 1); /* expect: lin-atomic-misuse "atomic_set stores" */
}

/* trap: lin-atomic-misuse initialisation
 * The counter is in use. */
void node_shrink(struct node *n)
{
	int users = atomic_read(&n->users);

	if (users > n->limit)
		atomic_set(&n->users, users - 1); /* expect: lin-atomic-misuse "an earlier atomic_read" */
}

void node_leave(struct node *n)
{
	atomic_dec_and_test(&n->users); /* expect: lin-atomic-misuse "nothing looks at the result of atomic_dec_and_test" */
}

int node_count(struct node *n)
{
	n->seen.counter++; /* expect: lin-atomic-misuse "n->seen.counter" */
	return 0;
}

/* trap: lin-atomic-misuse under-lock
 * The lock is let go too early. */
void node_unlock(struct node *n)
{
	spin_lock(&n->lock);
	atomic_dec(&n->users);
	spin_unlock(&n->lock);
	if (atomic_read(&n->users) == 0) /* expect: lin-atomic-misuse "n->users" */
		kfree(n);
}

/* trap: lin-atomic-misuse statistics
 * trap: lin-atomic-misuse debugging
 * The count decides over memory. */
void node_report(struct node *n)
{
	atomic_dec(&n->users);
	pr_info("%d users left\n", atomic_read(&n->users));
	if (!atomic_read(&n->users)) /* expect: lin-atomic-misuse "n->users" */
		kfree(n);
}
