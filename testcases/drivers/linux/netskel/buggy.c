// SPDX-License-Identifier: GPL-2.0
/*
 * netskel: driver of a simple Ethernet controller behind an I/O port window.
 * Frames move through FIFOs, interrupts are served by NAPI, a list of blocked
 * source addresses is kept per interface. A character device reports events
 * of all interfaces.
 */
#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/etherdevice.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/if_vlan.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/platform_device.h>
#include <linux/rtnetlink.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "netskel.h"

#define DRV_NAME	"netskel"
#define NSK_VERSION	3
#define TX_RING		16
#define TRACE_RING	64

struct netskel_filter {
	struct list_head	node;
	u8			addr[ETH_ALEN];
	u64			hits;
};

struct netskel {
	struct net_device	*ndev;
	unsigned long		base;
	int			irq;
	char			*region_name;
	struct dentry		*dbg;

	spinlock_t		hw_lock;	/* interrupt mask */
	u32			mask;

	spinlock_t		tx_lock;	/* transmit ring and FIFO */
	struct sk_buff		**tx_ring;
	u32			tx_head;
	u32			tx_tail;

	spinlock_t		filter_lock;
	struct list_head	filters;
	unsigned int		nr_filters;
	u64			blocked;

	struct mutex		cfg_lock;
	u32			coalesce;

	struct napi_struct	napi;
	struct timer_list	link_timer;
	struct work_struct	reset_work;
	u32			resets;
};

/* events */

struct netskel_reader {
	struct mutex	lock;
	u32		pos;
};

static struct dentry *netskel_dbg_root;
static struct class *netskel_class;
static struct cdev netskel_cdev;
static dev_t netskel_devt;
static DEFINE_SPINLOCK(trace_lock);
static DECLARE_WAIT_QUEUE_HEAD(trace_wait);
static struct netskel_trace_rec trace_ring[TRACE_RING];
static u32 trace_head;

static void netskel_trace(struct netskel *np, u32 event)
{
	struct netskel_trace_rec *rec;
	unsigned long flags;

	spin_lock_irqsave(&trace_lock, flags);
	rec = &trace_ring[trace_head % TRACE_RING];
	rec->when = ktime_get_real_ns();
	rec->ifindex = np->ndev->ifindex;
	rec->event = event;
	trace_head++;
	spin_unlock_irqrestore(&trace_lock, flags);
	wake_up_interruptible(&trace_wait);
}

/* Copy the record at *pos and advance; old records may have been lost. */
static bool netskel_trace_get(u32 *pos, struct netskel_trace_rec *rec)
{
	unsigned long flags;
	bool found = false;

	spin_lock_irqsave(&trace_lock, flags);
	if (trace_head - *pos > TRACE_RING)
		*pos = trace_head - TRACE_RING;
	if (*pos != trace_head) {
		*rec = trace_ring[*pos % TRACE_RING];
		(*pos)++;
		found = true;
	}
	spin_unlock_irqrestore(&trace_lock, flags);
	return found;
}

static int netskel_trace_open(struct inode *inode, struct file *file)
{
	struct netskel_reader *r;

	r = kzalloc(sizeof(*r), GFP_KERNEL); /* note: lin-mem-leak "r" */
	if (!r)
		return -ENOMEM;
	if (!capable(CAP_NET_ADMIN))
		return -EPERM; /* expect: lin-mem-leak "r" */
	mutex_init(&r->lock);
	r->pos = READ_ONCE(trace_head);
	file->private_data = r;
	return stream_open(inode, file);
}

static int netskel_trace_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static ssize_t netskel_trace_read(struct file *file, char __user *buf,
				  size_t count, loff_t *ppos)
{
	struct netskel_reader *r = file->private_data;
	struct netskel_trace_rec rec;
	ssize_t done = 0;

	if (count < sizeof(rec))
		return -EINVAL;
	if (file->f_flags & O_NONBLOCK) {
		if (!mutex_trylock(&r->lock))
			return -EAGAIN;
	} else if (mutex_lock_interruptible(&r->lock)) {
		return -ERESTARTSYS;
	}

	while (count - done >= sizeof(rec)) {
		if (!netskel_trace_get(&r->pos, &rec)) {
			if (done)
				break;
			if (file->f_flags & O_NONBLOCK) {
				done = -EAGAIN;
				break;
			}
			mutex_unlock(&r->lock);
			if (wait_event_interruptible(trace_wait,
						     READ_ONCE(r->pos) !=
						     READ_ONCE(trace_head)))
				return -ERESTARTSYS;
			if (mutex_lock_interruptible(&r->lock)) { /* note: lin-unlock-not-held "r->lock" */
				done = -ERESTARTSYS;
				break;
			}
			continue;
		}
		if (copy_to_user(buf + done, &rec, sizeof(rec))) {
			if (!done)
				done = -EFAULT;
			break;
		}
		done += sizeof(rec);
	}
	mutex_unlock(&r->lock); /* expect: lin-unlock-not-held "r->lock" */
	return done;
}

static const struct file_operations netskel_trace_fops = {
	.owner		= THIS_MODULE,
	.open		= netskel_trace_open,
	.read		= netskel_trace_read,
	.release	= netskel_trace_release,
	.llseek		= no_llseek,
};

static int netskel_trace_register(void)
{
	struct device *dev;
	int err;

	err = alloc_chrdev_region(&netskel_devt, 0, 1, DRV_NAME); /* note: lin-chrdev-leak "device numbers" */
	if (err)
		return err;

	cdev_init(&netskel_cdev, &netskel_trace_fops);
	netskel_cdev.owner = THIS_MODULE;
	err = cdev_add(&netskel_cdev, netskel_devt, 1);
	if (err)
		return err; /* expect: lin-chrdev-leak "alloc_chrdev_region" */

	dev = device_create(netskel_class, NULL, netskel_devt, NULL, DRV_NAME "-trace"); /* note: lin-errptr-check "dev" */
	if (!dev) { /* expect: lin-errptr-check "dev" */
		cdev_del(&netskel_cdev);
		unregister_chrdev_region(netskel_devt, 1);
		return -ENOMEM;
	}
	return 0;
}

static void netskel_trace_unregister(void)
{
	device_destroy(netskel_class, netskel_devt);
	cdev_del(&netskel_cdev);
	unregister_chrdev_region(netskel_devt, 1);
}

/* hardware */

static u32 nsk_read(struct netskel *np, unsigned int reg)
{
	return inl(np->base + reg);
}

static void nsk_write(struct netskel *np, unsigned int reg, u32 val)
{
	outl(val, np->base + reg);
}

static void netskel_irq_update(struct netskel *np, u32 clear, u32 set)
{
	unsigned long flags;

	spin_lock_irqsave(&np->hw_lock, flags); /* note: lin-lock-variant-mismatch "np->hw_lock" */
	np->mask = (np->mask & ~clear) | set;
	nsk_write(np, NSK_MASK, np->mask);
	spin_unlock(&np->hw_lock); /* expect: lin-lock-variant-mismatch "np->hw_lock" */
}

static void netskel_hw_stop(struct netskel *np)
{
	netskel_irq_update(np, NSK_INT_ALL, 0);
	nsk_write(np, NSK_CTRL, 0);
}

static void netskel_hw_start(struct netskel *np)
{
	nsk_write(np, NSK_CTRL, NSK_CTRL_RESET);
	nsk_write(np, NSK_COAL, READ_ONCE(np->coalesce));
	nsk_write(np, NSK_CAUSE, NSK_INT_ALL);
	nsk_write(np, NSK_CTRL, NSK_CTRL_ENABLE);
	netskel_irq_update(np, 0, NSK_INT_ALL);
}

static irqreturn_t netskel_interrupt(int irq, void *dev_id)
{
	struct netskel *np = dev_id;
	u32 cause;

	spin_lock(&np->hw_lock);
	cause = nsk_read(np, NSK_CAUSE) & np->mask;
	if (!cause) {
		spin_unlock(&np->hw_lock);
		return IRQ_NONE;
	}
	nsk_write(np, NSK_CAUSE, cause);
	np->mask &= ~NSK_INT_ALL;
	nsk_write(np, NSK_MASK, np->mask);
	spin_unlock(&np->hw_lock);

	napi_schedule(&np->napi);
	return IRQ_HANDLED;
}

/* transmit */

static void netskel_tx_reap(struct netskel *np)
{
	struct net_device *ndev = np->ndev;
	unsigned long flags;
	u32 done;

	spin_lock_irqsave(&np->tx_lock, flags);
	done = nsk_read(np, NSK_TX_DONE);
	while (np->tx_tail != np->tx_head && np->tx_tail != done) {
		struct sk_buff *skb = np->tx_ring[np->tx_tail % TX_RING];

		np->tx_ring[np->tx_tail % TX_RING] = NULL;
		np->tx_tail++;
		ndev->stats.tx_packets++;
		ndev->stats.tx_bytes += skb->len;
		dev_consume_skb_any(skb);
	}
	if (netif_queue_stopped(ndev) && np->tx_head - np->tx_tail < TX_RING)
		netif_wake_queue(ndev);
	spin_unlock_irqrestore(&np->tx_lock, flags);
}

static netdev_tx_t netskel_start_xmit(struct sk_buff *skb,
				      struct net_device *ndev)
{
	unsigned int len = ALIGN(max_t(unsigned int, skb->len, ETH_ZLEN), 4);
	struct netskel *np = netdev_priv(ndev);
	unsigned long flags;

	/* Frees the buffer if it cannot be padded; padded to whole words. */
	if (skb_put_padto(skb, len)) {
		ndev->stats.tx_dropped++;
		return NETDEV_TX_OK;
	}

	spin_lock_irqsave(&np->tx_lock, flags); /* note: lin-lock-held-on-exit "np->tx_lock" */
	if (np->tx_head - np->tx_tail >= TX_RING) {
		netif_stop_queue(ndev);
		return NETDEV_TX_BUSY; /* expect: lin-lock-held-on-exit "np->tx_lock" */
	}

	outsl(np->base + NSK_TX_FIFO, skb->data, skb->len / 4);
	skb_tx_timestamp(skb);
	np->tx_ring[np->tx_head % TX_RING] = skb;
	np->tx_head++;
	nsk_write(np, NSK_TX_LEN, skb->len);
	if (np->tx_head - np->tx_tail >= TX_RING)
		netif_stop_queue(ndev);
	spin_unlock_irqrestore(&np->tx_lock, flags);
	return NETDEV_TX_OK;
}

/* Drop what has not been sent. The queue and the hardware are stopped. */
static void netskel_drop_tx(struct netskel *np)
{
	unsigned long flags;

	spin_lock_irqsave(&np->tx_lock, flags); /* note: lin-irqsave-flags "np->tx_lock" */
	spin_lock_irqsave(&np->hw_lock, flags); /* expect: lin-irqsave-flags "flags" */
	np->mask &= ~NSK_INT_TX;
	nsk_write(np, NSK_MASK, np->mask);
	spin_unlock_irqrestore(&np->hw_lock, flags);

	while (np->tx_tail != np->tx_head) {
		dev_kfree_skb_any(np->tx_ring[np->tx_tail % TX_RING]);
		np->tx_ring[np->tx_tail % TX_RING] = NULL;
		np->tx_tail++;
		np->ndev->stats.tx_dropped++;
	}
	np->tx_head = 0;
	np->tx_tail = 0;
	spin_unlock_irqrestore(&np->tx_lock, flags);
}

/* receive */

static struct netskel_filter *netskel_find_filter(struct netskel *np,
						  const u8 *addr)
{
	struct netskel_filter *f;

	list_for_each_entry(f, &np->filters, node)
		if (ether_addr_equal_unaligned(f->addr, addr))
			return f;
	return NULL;
}

static bool netskel_blocked(struct netskel *np, const u8 *addr)
{
	struct netskel_filter *f;

	spin_lock(&np->filter_lock);
	f = netskel_find_filter(np, addr);
	if (f) {
		f->hits++;
		np->blocked++;
	}
	spin_unlock(&np->filter_lock);
	return f;
}

static void netskel_rx_one(struct netskel *np, unsigned int len)
{
	struct net_device *ndev = np->ndev;
	struct sk_buff *skb;

	if (len < ETH_HLEN || len > ndev->mtu + ETH_HLEN + VLAN_HLEN) {
		ndev->stats.rx_length_errors++;
		goto pop;
	}
	skb = netdev_alloc_skb_ip_align(ndev, ALIGN(len, 4)); /* note: lin-null-unchecked "skb" */
	insl(np->base + NSK_RX_FIFO, skb->data, DIV_ROUND_UP(len, 4)); /* expect: lin-null-unchecked "skb" */
	skb_put(skb, len);
	if (netskel_blocked(np, ((struct ethhdr *)skb->data)->h_source)) {
		ndev->stats.rx_dropped++;
		dev_kfree_skb_any(skb);
		goto pop;
	}
	ndev->stats.rx_packets++;
	ndev->stats.rx_bytes += len;
	skb->protocol = eth_type_trans(skb, ndev);
	napi_gro_receive(&np->napi, skb);
pop:
	nsk_write(np, NSK_RX_POP, 1);
}

static int netskel_poll(struct napi_struct *napi, int budget)
{
	struct netskel *np = container_of(napi, struct netskel, napi);
	int work = 0;
	u32 len;

	netskel_tx_reap(np);
	while (work < budget) {
		len = nsk_read(np, NSK_RX_LEN);
		if (!len)
			break;
		netskel_rx_one(np, len);
		work++;
	}
	if (work < budget && napi_complete_done(napi, work))
		netskel_irq_update(np, 0, NSK_INT_ALL);
	return work;
}

/* link and reset */

static void netskel_link_timer(struct timer_list *t)
{
	struct netskel *np = from_timer(np, t, link_timer);
	bool up = nsk_read(np, NSK_LINK) & 1;

	if (up != netif_carrier_ok(np->ndev)) {
		if (up)
			netif_carrier_on(np->ndev);
		else
			netif_carrier_off(np->ndev);
		netskel_trace(np, NSK_EV_LINK);
	}
	mod_timer(&np->link_timer, jiffies + HZ);
}

static void netskel_reset_work(struct work_struct *work)
{
	struct netskel *np = container_of(work, struct netskel, reset_work);

	rtnl_lock();
	if (!netif_running(np->ndev))
		goto out;

	netif_tx_disable(np->ndev);
	napi_disable(&np->napi);
	spin_lock_bh(&np->tx_lock); /* note: lin-sleep-in-atomic "np->tx_lock" */
	netskel_hw_stop(np);
	msleep(20); /* expect: lin-sleep-in-atomic "msleep" */
	spin_unlock_bh(&np->tx_lock);
	netskel_drop_tx(np);
	napi_enable(&np->napi);
	netskel_hw_start(np);
	netif_trans_update(np->ndev);
	netif_wake_queue(np->ndev);
	np->resets++;
	netskel_trace(np, NSK_EV_RESET);
out:
	rtnl_unlock();
}

static void netskel_tx_timeout(struct net_device *ndev, unsigned int txqueue)
{
	struct netskel *np = netdev_priv(ndev);

	ndev->stats.tx_errors++;
	schedule_work(&np->reset_work);
}

static int netskel_open(struct net_device *ndev)
{
	struct netskel *np = netdev_priv(ndev);
	int err;

	err = request_irq(np->irq, netskel_interrupt, IRQF_SHARED, ndev->name, np); /* note: lin-irq-leak "interrupt line" */
	if (err) {
		netdev_err(ndev, "cannot get irq %d\n", np->irq);
		return err;
	}

	np->tx_ring = kcalloc(TX_RING, sizeof(*np->tx_ring), GFP_KERNEL);
	if (!np->tx_ring)
		return -ENOMEM; /* expect: lin-irq-leak "interrupt line" */
	np->tx_head = 0;
	np->tx_tail = 0;

	napi_enable(&np->napi);
	netskel_hw_start(np);
	mod_timer(&np->link_timer, jiffies + 1);
	netif_start_queue(ndev);
	netskel_trace(np, NSK_EV_OPEN);
	return 0;
}

static int netskel_stop(struct net_device *ndev)
{
	struct netskel *np = netdev_priv(ndev);

	netif_tx_disable(ndev);
	del_timer_sync(&np->link_timer);
	napi_disable(&np->napi);
	netskel_hw_stop(np);
	free_irq(np->irq, np);
	netskel_drop_tx(np);
	kfree(np->tx_ring);
	np->tx_ring = NULL;
	netif_carrier_off(ndev);
	netskel_trace(np, NSK_EV_STOP);
	return 0;
}

/* private ioctls, called with the rtnl lock held */

static int netskel_ioc_info(struct netskel *np, void __user *data)
{
	struct netskel_info info;

	memset(&info, 0, sizeof(info));
	info.version = NSK_VERSION;
	info.resets = np->resets;
	info.link = netif_carrier_ok(np->ndev);
	spin_lock_bh(&np->filter_lock);
	info.nr_filters = np->nr_filters;
	info.blocked = np->blocked;
	spin_unlock_bh(&np->filter_lock);

	if (copy_to_user(&info, data, sizeof(info))) /* expect: lin-user-arg-space "copy_to_user" */
		return -EFAULT;
	return 0;
}

static int netskel_ioc_add_filter(struct netskel *np, const void __user *data)
{
	struct netskel_filter_req req;
	struct netskel_filter *f;
	int err = 0;

	copy_from_user(&req, data, sizeof(req)); /* expect: lin-copy-user-unchecked "copy_from_user" */
	if (!is_valid_ether_addr(req.addr))
		return -EADDRNOTAVAIL;

	spin_lock_bh(&np->filter_lock); /* note: lin-gfp-atomic "np->filter_lock" */
	if (netskel_find_filter(np, req.addr)) {
		err = -EEXIST;
		goto out;
	}
	if (np->nr_filters >= NSK_MAX_FILTERS) {
		err = -ENOSPC;
		goto out;
	}
	f = kzalloc(sizeof(*f), GFP_KERNEL); /* expect: lin-gfp-atomic "kzalloc" */
	if (!f) {
		err = -ENOMEM;
		goto out;
	}
	ether_addr_copy(f->addr, req.addr);
	list_add_tail(&f->node, &np->filters);
	np->nr_filters++;
out:
	spin_unlock_bh(&np->filter_lock);
	return err;
}

static int netskel_ioc_del_filter(struct netskel *np, const void __user *data)
{
	struct netskel_filter_req req;
	struct netskel_filter *f;

	if (copy_from_user(&req, data, sizeof(req)) < 0) /* expect: lin-copy-user-errno "copy_from_user" */
		return -EFAULT;

	spin_lock_bh(&np->filter_lock);
	f = netskel_find_filter(np, req.addr);
	if (!f) {
		spin_unlock_bh(&np->filter_lock);
		return -ENOENT;
	}
	list_del(&f->node);
	np->nr_filters--;
	spin_unlock_bh(&np->filter_lock);

	kfree(f); /* note: lin-use-after-free "f" */
	netdev_info(np->ndev, "%pM not blocked any more\n", f->addr); /* expect: lin-use-after-free "f" */
	return 0;
}

static int netskel_ioc_list_filters(struct netskel *np, void __user *data)
{
	struct netskel_filter_list __user *arg = data;
	struct netskel_filter_list *list;
	struct netskel_filter *f;
	u32 max, n = 0;
	int err = 0;

	if (get_user(max, &arg->max))
		return -EFAULT;
	max = min_t(u32, max, NSK_MAX_FILTERS);

	list = kmalloc(struct_size(list, ent, max), GFP_KERNEL);
	if (!list)
		return -ENOMEM;
	list->max = max;

	spin_lock_bh(&np->filter_lock);
	list_for_each_entry(f, &np->filters, node) {
		if (n == max)
			break;
		list->ent[n].hits = f->hits;
		ether_addr_copy(list->ent[n].addr, f->addr);
		n++;
	}
	spin_unlock_bh(&np->filter_lock);
	list->count = n;

	if (copy_to_user(arg, list, struct_size(list, ent, n))) /* the elements have holes: not seen */
		err = -EFAULT;
	kfree(list);
	return err;
}

static void netskel_flush_filters(struct netskel *np)
{
	struct netskel_filter *f;

	spin_lock_bh(&np->filter_lock);
	list_for_each_entry(f, &np->filters, node) { /* expect: lin-list-del-in-foreach "f" */
		list_del(&f->node); /* note: lin-list-del-in-foreach "f" */
		kfree(f);
	}
	np->nr_filters = 0;
	spin_unlock_bh(&np->filter_lock);
}

static int netskel_siocdevprivate(struct net_device *ndev, struct ifreq *ifr,
				  void __user *data, int cmd)
{
	struct netskel *np = netdev_priv(ndev);

	if (cmd == NSK_IOC_INFO)
		return netskel_ioc_info(np, data);
	if (!capable(CAP_NET_ADMIN))
		return -EPERM;

	switch (cmd) {
	case NSK_IOC_ADD_FILTER:
		return netskel_ioc_add_filter(np, data);
	case NSK_IOC_DEL_FILTER:
		return netskel_ioc_del_filter(np, data);
	case NSK_IOC_LIST_FILTERS:
		return netskel_ioc_list_filters(np, data);
	case NSK_IOC_FLUSH_FILTERS:
		netskel_flush_filters(np);
		return 0;
	}
	return -EOPNOTSUPP;
}

static const struct net_device_ops netskel_netdev_ops = {
	.ndo_open		= netskel_open,
	.ndo_stop		= netskel_stop,
	.ndo_start_xmit		= netskel_start_xmit,
	.ndo_tx_timeout		= netskel_tx_timeout,
	.ndo_siocdevprivate	= netskel_siocdevprivate,
	.ndo_set_mac_address	= eth_mac_addr,
	.ndo_validate_addr	= eth_validate_addr,
};

/* sysfs and debugfs */

static ssize_t coalesce_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	struct netskel *np = netdev_priv(to_net_dev(dev));

	return sysfs_emit(buf, "%u\n", READ_ONCE(np->coalesce));
}

static ssize_t coalesce_store(struct device *dev, struct device_attribute *attr,
			      const char *buf, size_t count)
{
	struct netskel *np = netdev_priv(to_net_dev(dev));
	unsigned int val;
	int err;

	err = kstrtouint(buf, 0, &val);
	if (err)
		return err;
	if (val > 255)
		return -EINVAL;

	err = mutex_lock_interruptible(&np->cfg_lock);
	if (err)
		return err;
	WRITE_ONCE(np->coalesce, val);
	nsk_write(np, NSK_COAL, val);
	mutex_unlock(&np->cfg_lock);
	return count;
}
static DEVICE_ATTR_RW(coalesce);

static struct attribute *netskel_attrs[] = {
	&dev_attr_coalesce.attr,
	NULL
};

static const struct attribute_group netskel_group = {
	.attrs = netskel_attrs,
};

static int netskel_filters_show(struct seq_file *m, void *unused)
{
	struct netskel *np = m->private;
	struct netskel_filter *f;

	spin_lock_bh(&np->filter_lock);
	list_for_each_entry(f, &np->filters, node)
		seq_printf(m, "%pM %llu\n", f->addr, f->hits);
	spin_unlock_bh(&np->filter_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(netskel_filters);

/* platform device */

static int netskel_map(struct netskel *np, const struct resource *res)
{
	if (resource_size(res) < NSK_WINDOW)
		return -EINVAL;
	if (!request_region(res->start, NSK_WINDOW, np->region_name)) /* note: lin-region-leak "res->start" */
		return -EBUSY;

	np->base = res->start;
	if (nsk_read(np, NSK_CAUSE) == ~0U)
		return -ENODEV; /* expect: lin-region-leak "res->start" */
	netskel_hw_stop(np);
	return 0;
}

static int netskel_probe(struct platform_device *pdev)
{
	struct net_device *ndev;
	struct resource *res;
	struct netskel *np;
	int err;

	res = platform_get_resource(pdev, IORESOURCE_IO, 0);
	if (!res)
		return -ENODEV;

	ndev = alloc_etherdev(sizeof(*np));
	if (!ndev)
		return -ENOMEM;
	SET_NETDEV_DEV(ndev, &pdev->dev);
	ndev->netdev_ops = &netskel_netdev_ops;
	ndev->watchdog_timeo = 5 * HZ;
	ndev->sysfs_groups[0] = &netskel_group;
	ndev->priv_flags &= ~IFF_TX_SKB_SHARING;
	err = platform_get_ethdev_address(&pdev->dev, ndev);
	if (err == -EPROBE_DEFER)
		goto err_free;
	if (err)
		eth_hw_addr_random(ndev);
	netif_carrier_off(ndev);

	np = netdev_priv(ndev);
	np->ndev = ndev;
	spin_lock_init(&np->hw_lock);
	spin_lock_init(&np->tx_lock);
	spin_lock_init(&np->filter_lock);
	mutex_init(&np->cfg_lock);
	INIT_LIST_HEAD(&np->filters);
	timer_setup(&np->link_timer, netskel_link_timer, 0);
	INIT_WORK(&np->reset_work, netskel_reset_work);
	netif_napi_add(ndev, &np->napi, netskel_poll);

	err = platform_get_irq(pdev, 0);
	if (err < 0)
		goto err_free;
	np->irq = err;

	np->region_name = devm_kasprintf(&pdev->dev, GFP_KERNEL, "%s:%s", /* note: lin-free-mismatch "np->region_name" */
					 DRV_NAME, dev_name(&pdev->dev));
	if (!np->region_name) {
		err = -ENOMEM;
		goto err_free;
	}
	err = netskel_map(np, res);
	if (err) {
		kfree(np->region_name); /* expect: lin-free-mismatch "np->region_name" */
		goto err_free;
	}

	register_netdev(ndev); /* expect: lin-errno-unchecked "register_netdev" */
	platform_set_drvdata(pdev, np);
	np->dbg = debugfs_create_file(dev_name(&pdev->dev), 0400,
				      netskel_dbg_root, np,
				      &netskel_filters_fops);
	return 0;

err_free:
	free_netdev(ndev);
	return err;
}

static int netskel_remove(struct platform_device *pdev)
{
	struct netskel *np = platform_get_drvdata(pdev);

	debugfs_remove(np->dbg);
	unregister_netdev(np->ndev);
	cancel_work_sync(&np->reset_work);
	netskel_flush_filters(np);
	release_region(np->base, NSK_WINDOW);
	free_netdev(np->ndev);
	return 0;
}

static struct platform_driver netskel_driver = {
	.probe	= netskel_probe,
	.remove	= netskel_remove,
	.driver	= {
		.name = DRV_NAME,
	},
};

static int __init netskel_init(void)
{
	int err;

	/* The files are a diagnostic aid: the driver works without them. */
	netskel_dbg_root = debugfs_create_dir(DRV_NAME, NULL);

	netskel_class = class_create(THIS_MODULE, DRV_NAME); /* note: lin-init-unwind "netskel_class" */
	if (IS_ERR(netskel_class)) {
		err = PTR_ERR(netskel_class);
		goto err_debugfs;
	}
	err = netskel_trace_register();
	if (err)
		goto err_debugfs;
	err = platform_driver_register(&netskel_driver);
	if (err)
		goto err_trace;
	return 0;

err_trace:
	netskel_trace_unregister();
	class_destroy(netskel_class);
err_debugfs:
	debugfs_remove(netskel_dbg_root);
	return err; /* expect: lin-init-unwind "netskel_class" */
}

static void __exit netskel_exit(void)
{
	platform_driver_unregister(&netskel_driver);
	netskel_trace_unregister();
	class_destroy(netskel_class);
	debugfs_remove(netskel_dbg_root);
}

module_init(netskel_init);
module_exit(netskel_exit);

MODULE_ALIAS("platform:" DRV_NAME);
MODULE_DESCRIPTION("netskel Ethernet driver");
MODULE_LICENSE("GPL");
