/* Initialised, each in its way. */
#include <linux/completion.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct channel {
	spinlock_t lock;
	int count;
};

struct counter {
	spinlock_t lock;
	struct mutex config;
	struct delayed_work retry;
	struct list_head readers;
	struct list_head *last;
	struct channel channel[2];
	int value;
};

struct counter_reader {
	struct list_head node;
};

/* Copied from a template. */
struct gauge {
	spinlock_t lock;
	int value;
};

/* Only a static one exists. */
struct station {
	struct mutex lock;
	wait_queue_head_t wait;
	int open;
};

static void counter_retry(struct work_struct *work);

/* trap: lin-init-missing static-initialiser */
static DEFINE_MUTEX(counter_mutex);
static DECLARE_WAIT_QUEUE_HEAD(counter_wait);
static DECLARE_DELAYED_WORK(counter_work, counter_retry);
static LIST_HEAD(counter_list);
static struct station station = {
	.lock = __MUTEX_INITIALIZER(station.lock),
	.wait = __WAIT_QUEUE_HEAD_INITIALIZER(station.wait),
};
static struct counter *counter;
static struct gauge *gauge;

static void counter_retry(struct work_struct *work)
{
	mutex_lock(&counter_mutex);
	wake_up(&counter_wait);
	mutex_unlock(&counter_mutex);
}

static void lock_prepare(spinlock_t *lock)
{
	spin_lock_init(lock);
}

/* trap: lin-init-missing helper */
static void counter_prepare(struct counter *c)
{
	int i;

	lock_prepare(&c->lock);
	mutex_init(&c->config);
	INIT_DELAYED_WORK(&c->retry, counter_retry);
	INIT_LIST_HEAD(&c->readers);
	for (i = 0; i < ARRAY_SIZE(c->channel); i++)
		spin_lock_init(&c->channel[i].lock);
}

void counter_add(struct counter *c, int n)
{
	struct channel *channel = &c->channel[n & 1];

	spin_lock(&c->lock);
	c->value += n;
	spin_unlock(&c->lock);
	spin_lock(&channel->lock);
	channel->count++;
	spin_unlock(&channel->lock);
	mutex_lock(&c->config);
	c->value = n;
	mutex_unlock(&c->config);
	mutex_lock(&station.lock);
	station.open++;
	mutex_unlock(&station.lock);
	wake_up(&station.wait);
	schedule_delayed_work(&c->retry, HZ);
	schedule_delayed_work(&counter_work, HZ);
}

/* trap: lin-init-missing list-entry */
void counter_attach(struct counter *c, struct counter_reader *r, struct counter_reader *after)
{
	list_add_tail(&r->node, &c->readers);
	list_add(&after->node, &r->node);
	list_add(&r->node, &counter_list);
}

/* trap: lin-init-missing record-copied */
struct gauge *gauge_clone(const struct gauge *template)
{
	struct gauge *g = kmalloc(sizeof(struct gauge), GFP_KERNEL);

	if (!g)
		return NULL;
	*g = *template;
	spin_lock(&g->lock);
	g->value = 0;
	spin_unlock(&g->lock);
	return g;
}

/* trap: lin-init-missing of-framework */
void counter_address(struct net_device *dev)
{
	netif_addr_lock(dev);
	spin_lock_bh(&dev->tx_global_lock);
	dev->mtu = 1500;
	spin_unlock_bh(&dev->tx_global_lock);
	netif_addr_unlock(dev);
}

static int __init counter_init(void)
{
	counter = kzalloc(sizeof(*counter), GFP_KERNEL);
	if (!counter)
		return -ENOMEM;
	counter_prepare(counter);
	return 0;
}
module_init(counter_init);

static void __exit counter_exit(void)
{
	cancel_delayed_work_sync(&counter->retry);
	cancel_delayed_work_sync(&counter_work);
	kfree(counter);
	kfree(gauge);
}
module_exit(counter_exit);
MODULE_LICENSE("GPL");
