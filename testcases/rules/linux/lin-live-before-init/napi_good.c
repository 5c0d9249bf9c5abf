/* Polling is allowed first, but nothing asks for it before the interrupt is there. */
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/spinlock.h>

struct cove {
	struct napi_struct napi;
	spinlock_t lock;
	int irq, got;
};

static int cove_poll(struct napi_struct *napi, int budget)
{
	struct cove *c = container_of(napi, struct cove, napi);

	spin_lock(&c->lock);
	c->got++;
	spin_unlock(&c->lock);
	napi_complete_done(napi, 0);
	return 0;
}

static irqreturn_t cove_irq(int irq, void *data)
{
	struct cove *c = data;

	napi_schedule(&c->napi);
	return IRQ_HANDLED;
}

int cove_start(struct net_device *dev, struct cove *c)
{
	netif_napi_add(dev, &c->napi, cove_poll);
	napi_enable(&c->napi);
	spin_lock_init(&c->lock); /* ok: lin-live-before-init */
	return request_irq(c->irq, cove_irq, 0, "cove", c);
}
