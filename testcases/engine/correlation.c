// SPDX-License-Identifier: GPL-2.0
/* Branches on the same unmodified value take the same way. */
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct box {
	spinlock_t lock;
	struct mutex gate;
	unsigned int flags;
	int level;
	char *buf;
};

int step(struct box *b);

int same_parameter(struct box *b, bool locked)
{
	int ret;

	if (!locked)
		mutex_lock(&b->gate);
	ret = step(b);
	if (!locked)
		mutex_unlock(&b->gate);
	return ret;
}

int same_flag_bit(struct box *b)
{
	if (b->flags & 4)
		spin_lock(&b->lock);
	b->level++;
	if (b->flags & 4)
		spin_unlock(&b->lock);
	return 0;
}

int different_flag_bit(struct box *b)
{
	if (b->flags & 4)
		spin_lock(&b->lock); /* note: lin-lock-held-on-exit "b->lock" */
	b->level++;
	if (b->flags & 8)
		spin_unlock(&b->lock);
	return 0; /* expect: lin-lock-held-on-exit "b->lock" */
}

int remembered_in_a_variable(struct box *b, int how)
{
	bool taken = false;

	if (how > 3) {
		spin_lock(&b->lock);
		taken = true;
	}
	b->level = how;
	if (taken)
		spin_unlock(&b->lock);
	return 0;
}

int error_code_says_it(struct box *b)
{
	int ret = 0;
	char *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		ret = -ENOMEM;
	b->level++;
	if (ret)
		return ret;
	p[0] = 1;
	kfree(p);
	return 0;
}

int switch_says_it(struct box *b, int cmd)
{
	switch (cmd) {
	case 1:
	case 2:
		mutex_lock(&b->gate);
		break;
	default:
		return -EINVAL;
	}
	b->level = cmd;
	if (cmd == 1 || cmd == 2)
		mutex_unlock(&b->gate);
	return 0;
}

int reversed_comparison(struct box *b, int n)
{
	if (n < b->level)
		mutex_lock(&b->gate);
	b->flags = 1;
	if (b->level > n)
		mutex_unlock(&b->gate);
	return 0;
}

/* A value and what is made of it agree: 2 has the bit of 2, and nothing is below itself. */
int bit_and_value(struct box *b, int how)
{
	if (how & 2)
		return -EINVAL;
	mutex_lock(&b->gate);
	if (how == 2)
		return -EIO; /* never reached */
	mutex_unlock(&b->gate);
	return 0;
}

int bit_of_known(struct box *b, int how)
{
	mutex_lock(&b->gate);
	if (how == 4 && (how & 1))
		return -EIO; /* never reached */
	mutex_unlock(&b->gate);
	return 0;
}

int order_and_value(struct box *b, int low, int high)
{
	if (low >= high)
		return -EINVAL;
	mutex_lock(&b->gate);
	if (low > 3 && high < 2)
		return -EIO; /* never reached */
	mutex_unlock(&b->gate);
	return 0;
}
