/* One operation, or no race. */
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

void node_setup(struct node *n)
{
	spin_lock_init(&n->lock);
	atomic_set(&n->users, 1);
}

void node_put(struct node *n)
{
	if (atomic_dec_and_test(&n->users))
		kfree(n);
}

void node_grow(struct node *n)
{
	atomic_inc(&n->seen);
	if (atomic_read(&n->seen) == 0)
		pr_info("wrapped\n");
}

/* trap: lin-atomic-misuse initialisation */
struct node *node_create(const struct node *like)
{
	struct node *n = kzalloc(sizeof(*n), GFP_KERNEL);

	if (!n)
		return NULL;
	atomic_set(&n->users, 1); /* ok: lin-atomic-misuse */
	atomic_set(&n->seen, atomic_read(&like->seen)); /* ok: lin-atomic-misuse */
	return n;
}

/* trap: lin-atomic-misuse under-lock */
void node_unlock(struct node *n)
{
	int last;

	spin_lock(&n->lock);
	atomic_dec(&n->users);
	last = atomic_read(&n->users) == 0; /* ok: lin-atomic-misuse */
	if (!atomic_read(&n->users)) /* ok: lin-atomic-misuse */
		n->limit = 0;
	atomic_set(&n->seen, atomic_read(&n->seen) + 1); /* ok: lin-atomic-misuse */
	spin_unlock(&n->lock);
	if (last)
		kfree(n);
}

/* trap: lin-atomic-misuse statistics */
void node_report(struct node *n)
{
	atomic_dec(&n->seen);
	pr_info("%d seen\n", atomic_read(&n->seen)); /* ok: lin-atomic-misuse */
}

/* trap: lin-atomic-misuse debugging */
void node_check(struct node *n)
{
	atomic_dec(&n->seen);
	WARN_ON(atomic_read(&n->seen) == 0); /* ok: lin-atomic-misuse */
	WARN_ON(!atomic_read(&n->seen)); /* ok: lin-atomic-misuse */
}

/* A last look once all are gone. */
void node_sweep(struct node **nodes, struct node *n, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		kfree(nodes[i]);
		atomic_dec(&n->seen);
	}
	if (atomic_read(&n->seen)) /* ok: lin-atomic-misuse */
		pr_info("still seen\n");
}

/* A loop waits for what others change. */
void node_wait(struct node *n)
{
	atomic_dec(&n->users);
	while (atomic_read(&n->users)) /* ok: lin-atomic-misuse */
		cpu_relax();
}

/* Given its value where it comes to life: there is no operation for that. */
int node_local(struct node *like)
{
	struct node n = { .users = ATOMIC_INIT(1), .limit = like->limit }; /* ok: lin-atomic-misuse */

	spin_lock_init(&n.lock);
	node_grow(&n);
	return atomic_read(&n.seen);
}
