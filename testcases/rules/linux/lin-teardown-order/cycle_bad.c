/* The handler uses the cache in a cycle of calls. */
#include <linux/interrupt.h>
#include <linux/slab.h>

struct hive {
	struct kmem_cache *cells;
	void *cell[8];
	int irq;
};

static void hive_odd(struct hive *h, int n);

static void hive_even(struct hive *h, int n)
{
	h->cell[n & 7] = kmem_cache_alloc(h->cells, GFP_ATOMIC);
	if (n)
		hive_odd(h, n - 1);
}

static void hive_odd(struct hive *h, int n)
{
	if (n)
		hive_even(h, n - 1);
}

static irqreturn_t hive_interrupt(int irq, void *data)
{
	hive_even(data, 6);
	return IRQ_HANDLED;
}

int hive_start(struct hive *h)
{
	return request_irq(h->irq, hive_interrupt, 0, "hive", h);
}

void hive_stop(struct hive *h)
{
	kmem_cache_destroy(h->cells); /* note: lin-teardown-order "" */
	free_irq(h->irq, h); /* expect: lin-teardown-order "h->cells" */
}
