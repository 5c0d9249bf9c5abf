/* Allocations that may sleep where sleeping is forbidden. */
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

struct crane {
	spinlock_t lock;
	rwlock_t map;
	char *load;
	int height;
};

/* trap: lin-gfp-atomic by-context */
int crane_lift(struct crane *c, size_t n)
{
	char *p;

	spin_lock(&c->lock); /* note: lin-gfp-atomic "c->lock" */
	p = kmalloc(n, GFP_KERNEL); /* expect: lin-gfp-atomic "kmalloc" */
	if (p)
		c->load = p;
	spin_unlock(&c->lock);
	return p ? 0 : -ENOMEM;
}

/* The lock is held on one of the two ways to the label. */
/* trap: lin-gfp-atomic conditional-lock */
int crane_mixed(struct crane *c, bool safe)
{
	struct page *page;
	unsigned long flags;

	if (safe) {
		page = alloc_page(GFP_KERNEL);
	} else {
		spin_lock_irqsave(&c->lock, flags); /* note: lin-gfp-atomic "c->lock" */
		page = alloc_page(GFP_NOIO | __GFP_ZERO); /* expect: lin-gfp-atomic "alloc_page" */
		spin_unlock_irqrestore(&c->lock, flags);
	}
	if (!page)
		return -ENOMEM;
	__free_page(page);
	return 0;
}

/* The flags are in a variable. */
/* trap: lin-gfp-atomic caller-chooses */
int crane_flags(struct crane *c)
{
	gfp_t gfp = GFP_USER;
	char *p;

	read_lock_bh(&c->map); /* note: lin-gfp-atomic "c->map" */
	gfp |= __GFP_NOWARN;
	p = kzalloc(64, gfp); /* expect: lin-gfp-atomic "kzalloc" */
	read_unlock_bh(&c->map);
	kfree(p);
	return p != NULL;
}

int crane_loop(struct crane *cranes, int n)
{
	int i, got = 0;

	for (i = 0; i < n; i++) {
		spin_lock_bh(&cranes[i].lock); /* note: lin-gfp-atomic "lock" */
		if (!cranes[i].load)
			cranes[i].load = kstrdup("empty", GFP_KERNEL); /* expect: lin-gfp-atomic "kstrdup" */
		got += cranes[i].load != NULL;
		spin_unlock_bh(&cranes[i].lock);
	}
	return got;
}

int crane_rcu(struct crane *c)
{
	char *copy;

	rcu_read_lock(); /* note: lin-gfp-atomic "rcu read side" */
	copy = kmemdup(c->load, 8, GFP_KERNEL); /* expect: lin-gfp-atomic "rcu read side" */
	rcu_read_unlock();
	c->load = copy;
	return 0;
}

struct sk_buff *crane_packet(void)
{
	struct sk_buff *skb;

	preempt_disable(); /* note: lin-gfp-atomic "preemption" */
	skb = alloc_skb(128, GFP_KERNEL); /* expect: lin-gfp-atomic "preemption" */
	preempt_enable();
	return skb;
}

/* trap: lin-gfp-atomic both-contexts */
int crane_number(struct crane *c, struct idr *ids)
{
	int id;

	spin_lock(&c->lock);
	id = idr_alloc(ids, c, 0, 0, GFP_KERNEL); /* expect: lin-gfp-atomic "idr_alloc" */
	spin_unlock(&c->lock);
	return id;
}
