/* The cycle only spins. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kmod.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/semaphore.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>

struct node {
	spinlock_t lock;
	struct node *left, *right;
	int busy;
};

static void node_visit(struct node *n);

static void node_walk(struct node *n, int depth)
{
	if (!n || depth > 8)
		return;
	while (n->busy)
		cpu_relax();
	node_visit(n->left);
	node_visit(n->right);
}

static void node_visit(struct node *n)
{
	if (n)
		node_walk(n, n->busy + 1);
}

void node_sync(struct node *root)
{
	spin_lock(&root->lock);
	node_visit(root->left); /* ok: lin-sleep-in-atomic */
	spin_unlock(&root->lock);
}
