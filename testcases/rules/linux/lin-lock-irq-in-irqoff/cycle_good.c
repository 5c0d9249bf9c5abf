/* The cycle is only entered by processes. */
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
	spin_lock_irq(&g->lock); /* ok: lin-lock-irq-in-irqoff */
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

static int grid_open(struct inode *inode, struct file *file)
{
	grid_row(file->private_data, 4);
	return 0;
}

const struct file_operations grid_fops = { .open = grid_open };

static irqreturn_t grid_interrupt(int irq, void *data)
{
	struct grid *g = data;

	spin_lock(&g->lock);
	g->sum = 0;
	spin_unlock(&g->lock);
	return IRQ_HANDLED;
}

int grid_start(struct grid *g)
{
	return request_irq(g->irq, grid_interrupt, 0, "grid", g);
}
