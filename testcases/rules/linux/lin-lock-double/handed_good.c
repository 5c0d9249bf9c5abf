/* Taken in a loop, and let go two calls below, but not on every way: nobody can tell. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/rwsem.h>
#include <linux/seqlock.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>

struct pilot {
	struct mutex lock;
	struct net_device *dev;
	struct sk_buff_head queue;
	int busy;
};

bool pilot_is_stamped(const struct sk_buff *skb);

static void pilot_done(struct pilot *p, struct sk_buff *skb)
{
	if (pilot_is_stamped(skb))
		mutex_unlock(&p->lock);
	dev_kfree_skb(skb);
}

static void pilot_send(struct sk_buff *skb, struct net_device *dev)
{
	struct pilot *p = netdev_priv(dev);

	p->busy++;
	pilot_done(p, skb);
}

void pilot_drain(struct pilot *p)
{
	struct sk_buff *skb;

	for (;;) {
		skb = skb_dequeue(&p->queue);
		if (!skb)
			return;
		mutex_lock(&p->lock); /* ok: lin-lock-double */
		pilot_send(skb, p->dev);
	}
}
