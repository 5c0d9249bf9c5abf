/* The cycle destroys the queues. */
#include <linux/completion.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/workqueue.h>

struct branch {
	struct branch *left, *right;
	struct workqueue_struct *queue;
};

static struct branch root;

static void branch_close_all(struct branch *b);

static void branch_close(struct branch *b)
{
	branch_close_all(b->left);
	branch_close_all(b->right);
	destroy_workqueue(b->queue);
}

static void branch_close_all(struct branch *b)
{
	if (b)
		branch_close(b);
}

static int __init branch_init(void)
{
	root.queue = alloc_workqueue("branch", 0, 0); /* ok: lin-module-exit-missing */
	return root.queue ? 0 : -ENOMEM;
}
module_init(branch_init);

static void __exit branch_exit(void)
{
	branch_close_all(&root);
}
module_exit(branch_exit);
MODULE_LICENSE("GPL");
