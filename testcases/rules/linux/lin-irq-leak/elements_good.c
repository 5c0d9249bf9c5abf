/* Made and released by helpers, through the elements of an array that lies behind the record. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/platform_device.h>
#include <linux/power_supply.h>
#include <linux/slab.h>

struct lane {
	int irq, cars;
};

struct road {
	int count;
	struct lane *lanes[];
};

int lane_open(struct lane *l);

static irqreturn_t lane_irq(int irq, void *data)
{
	struct lane *l = data;

	l->cars++;
	return IRQ_HANDLED;
}

static struct lane *lane_make(int irq)
{
	struct lane *l = kzalloc(sizeof(*l), GFP_KERNEL);

	if (!l)
		return NULL;
	l->irq = irq;
	if (!request_irq(l->irq, lane_irq, 0, "lane", l))
		return l;
	kfree(l);
	return NULL;
}

static void lane_free(struct lane *l)
{
	free_irq(l->irq, l);
	kfree(l);
}

struct road *road_make(int count, int irq)
{
	struct road *r = kzalloc(sizeof(*r) + count * sizeof(r->lanes[0]), GFP_KERNEL);
	int i;

	if (!r)
		return NULL;
	r->count = count;
	for (i = 0; i < r->count; i++) {
		r->lanes[i] = lane_make(irq + i);
		if (!r->lanes[i])
			break;
		if (lane_open(r->lanes[i])) {
			lane_free(r->lanes[i]);
			r->lanes[i] = NULL;
			break;
		}
	}
	if (i)
		return r;
	kfree(r);
	return NULL; /* ok: lin-irq-leak */
}

/* The number of each line is read again from its element when all are freed. */
int road_lines(struct road *r, struct lane *lanes, int first, int count)
{
	int i, made = 0, err = 0;

	for (i = 0; i < count; i++) {
		lanes[made].irq = first + i;
		made++;
		err = request_irq(first + i, lane_irq, 0, "lane", r);
		if (err)
			break;
	}
	if (i == count)
		return 0;
	for (i = 0; i < made - 1; i++)
		free_irq(lanes[i].irq, r);
	return err; /* ok: lin-irq-leak */
}
