/* The flags handed down do not sleep. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct tree {
	spinlock_t lock;
	struct tree *child, *sibling;
	char *label;
};

static void tree_label_all(struct tree *t, gfp_t gfp);

static void tree_label(struct tree *t, gfp_t gfp)
{
	if (!t->label)
		t->label = kzalloc(16, gfp);
	tree_label_all(t->child, gfp);
}

static void tree_label_all(struct tree *t, gfp_t gfp)
{
	for (; t; t = t->sibling)
		tree_label(t, gfp);
}

void tree_relabel(struct tree *root)
{
	spin_lock(&root->lock);
	tree_label_all(root->child, GFP_ATOMIC); /* ok: lin-gfp-atomic */
	spin_unlock(&root->lock);
	tree_label_all(root->child, GFP_KERNEL); /* ok: lin-gfp-atomic */
}
