/* The kernel keeps the queue of a network device still while it is opened and closed. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct wire {
	spinlock_t lock;
	int sent, is_open;
};

static int wire_command(struct wire *w, int what)
{
	spin_lock(&w->lock); /* ok: lin-lock-bh-unsafe */
	w->is_open = what;
	spin_unlock(&w->lock);
	return 0;
}

static int wire_open(struct net_device *dev)
{
	return wire_command(netdev_priv(dev), 1);
}

static int wire_stop(struct net_device *dev)
{
	return wire_command(netdev_priv(dev), 0);
}

static netdev_tx_t wire_transmit(struct sk_buff *skb, struct net_device *dev)
{
	struct wire *w = netdev_priv(dev);

	spin_lock(&w->lock); /* ok: lin-lock-bh-unsafe */
	w->sent++;
	spin_unlock(&w->lock);
	dev_kfree_skb(skb);
	return NETDEV_TX_OK;
}

const struct net_device_ops wire_ops = {
	.ndo_open = wire_open,
	.ndo_stop = wire_stop,
	.ndo_start_xmit = wire_transmit,
};
