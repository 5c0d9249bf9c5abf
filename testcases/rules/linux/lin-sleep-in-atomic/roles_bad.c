/* Every way to come into interrupt context. */
#include <linux/delay.h>
#include <linux/dmaengine.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/rcupdate.h>
#include <linux/smp.h>
#include <linux/timer.h>
#include <linux/usb.h>
#include <linux/workqueue.h>

#define REST(number) usleep_range(number, 2 * number)

struct way {
	struct hrtimer hrtimer;
	struct timer_list old_timer;
	struct irq_work irq_work;
	struct rcu_head rcu;
	struct napi_struct napi;
	struct urb *urb;
	int irq;
};

static enum hrtimer_restart way_hrtimer(struct hrtimer *t)
{
	REST(1); /* expect: lin-sleep-in-atomic "way_hrtimer" */
	return HRTIMER_NORESTART;
}

static void way_timer(struct timer_list *t)
{
	REST(2); /* expect: lin-sleep-in-atomic "way_timer" */
}
static DEFINE_TIMER(way_static_timer, way_timer);

static void way_assigned(struct timer_list *t)
{
	REST(3); /* expect: lin-sleep-in-atomic "way_assigned" */
}

static void way_tasklet(struct tasklet_struct *t)
{
	REST(4); /* expect: lin-sleep-in-atomic "way_tasklet" */
}
static DECLARE_TASKLET(way_static_tasklet, way_tasklet);

static void way_tasklet_old(unsigned long data)
{
	REST(5); /* expect: lin-sleep-in-atomic "way_tasklet_old" */
}
static DECLARE_TASKLET_OLD(way_old_tasklet, way_tasklet_old);

static void way_irq_work(struct irq_work *work)
{
	REST(6); /* expect: lin-sleep-in-atomic "way_irq_work" */
}

static void way_rcu(struct rcu_head *head)
{
	REST(7); /* expect: lin-sleep-in-atomic "way_rcu" */
}

static void way_everywhere(void *info)
{
	REST(8); /* expect: lin-sleep-in-atomic "way_everywhere" */
}

static int way_pre(struct kprobe *p, struct pt_regs *regs)
{
	REST(9); /* expect: lin-sleep-in-atomic "way_pre" */
	return 0;
}
struct kprobe way_kprobe = { .symbol_name = "do_exit", .pre_handler = way_pre };

static int way_returned(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	REST(10); /* expect: lin-sleep-in-atomic "way_returned" */
	return 0;
}
struct kretprobe way_kretprobe = { .handler = way_returned };

static netdev_tx_t way_xmit(struct sk_buff *skb, struct net_device *dev)
{
	REST(11); /* expect: lin-sleep-in-atomic "way_xmit" */
	return NETDEV_TX_OK;
}

static void way_timeout(struct net_device *dev, unsigned int queue)
{
	REST(12); /* expect: lin-sleep-in-atomic "way_timeout" */
}

static int way_stop(struct net_device *dev)
{
	REST(13); /* ok: lin-sleep-in-atomic */
	return 0;
}
const struct net_device_ops way_netdev_ops = {
	.ndo_start_xmit = way_xmit,
	.ndo_tx_timeout = way_timeout,
	.ndo_stop = way_stop,
};

static int way_poll(struct napi_struct *napi, int budget)
{
	REST(14); /* expect: lin-sleep-in-atomic "way_poll" */
	return 0;
}

static unsigned int way_hook(void *priv, struct sk_buff *skb, const struct nf_hook_state *state)
{
	REST(15); /* expect: lin-sleep-in-atomic "way_hook" */
	return NF_ACCEPT;
}
const struct nf_hook_ops way_hook_ops = { .hook = way_hook };

static void way_complete(struct urb *urb)
{
	REST(16); /* expect: lin-sleep-in-atomic "way_complete" */
}

static void way_filled(struct urb *urb)
{
	REST(17); /* expect: lin-sleep-in-atomic "way_filled" */
}

static void way_dma(void *param)
{
	REST(18); /* expect: lin-sleep-in-atomic "way_dma" */
}

static void way_flow(struct irq_desc *desc)
{
	REST(19); /* expect: lin-sleep-in-atomic "way_flow" */
}

static irqreturn_t way_managed(int irq, void *data)
{
	REST(20); /* expect: lin-sleep-in-atomic "way_managed" */
	return IRQ_HANDLED;
}

static void way_work(struct work_struct *work)
{
	REST(21); /* ok: lin-sleep-in-atomic */
}
static DECLARE_WORK(way_static_work, way_work);

static int way_thread(void *data)
{
	REST(22); /* ok: lin-sleep-in-atomic */
	return 0;
}

/* Trap: may be a thread. */
static irqreturn_t way_either(int irq, void *data)
{
	REST(23); /* ok: lin-sleep-in-atomic */
	return IRQ_HANDLED;
}

int way_start(struct way *w, struct device *dev, struct net_device *netdev, struct dma_async_tx_descriptor *tx)
{
	int err;

	hrtimer_init(&w->hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	w->hrtimer.function = way_hrtimer;
	w->old_timer.function = way_assigned;
	init_irq_work(&w->irq_work, way_irq_work);
	call_rcu(&w->rcu, way_rcu);
	on_each_cpu(way_everywhere, w, 1);
	netif_napi_add(netdev, &w->napi, way_poll);
	usb_fill_bulk_urb(w->urb, NULL, 0, NULL, 0, way_filled, w);
	w->urb->complete = way_complete;
	tx->callback = way_dma;
	irq_set_chained_handler(w->irq + 1, way_flow);
	err = devm_request_irq(dev, w->irq, way_managed, 0, "way", w);
	if (err)
		return err;
	err = devm_request_any_context_irq(dev, w->irq + 2, way_either, 0, "way", w);
	if (err < 0)
		return err;
	kthread_run(way_thread, w, "way");
	mod_timer(&way_static_timer, jiffies + HZ);
	return 0;
}
