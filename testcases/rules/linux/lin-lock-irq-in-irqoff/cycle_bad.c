/* The plain form is in a cycle of calls that a handler enters. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct grid {
	spinlock_t lock;
	int irq, sum;
};

static void grid_row(struct grid *g, int n);

static void grid_cell(struct grid *g, int n)
{
	spin_lock_irq(&g->lock); /* expect: lin-lock-irq-in-irqoff "spin_lock_irq" */
	g->sum += n;
	spin_unlock_irq(&g->lock);
	if (n)
		grid_row(g, n - 1);
}

static void grid_row(struct grid *g, int n)
{
	if (n)
		grid_cell(g, n - 1);
}

static irqreturn_t grid_interrupt(int irq, void *data)
{
	grid_row(data, 4);
	return IRQ_HANDLED;
}

int grid_start(struct grid *g)
{
	return request_irq(g->irq, grid_interrupt, 0, "grid", g);
}
