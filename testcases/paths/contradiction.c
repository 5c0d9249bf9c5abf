/* One finding, whose path self_check.py then falsifies. */
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/spinlock.h>

struct gate {
	spinlock_t lock;
	int tries;
};

int gate_pass(struct gate *g, int force)
{
	int err = -EBUSY;

	if (force)
		g->tries++;
	spin_lock(&g->lock);
	if (force)
		err = 0;
	if (err)
		return err;
	spin_unlock(&g->lock);
	return 0;
}
MODULE_LICENSE("GPL");
