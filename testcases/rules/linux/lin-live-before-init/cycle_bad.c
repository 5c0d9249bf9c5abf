/* The initialisation is in a cycle of calls after the registration. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct cell {
	struct cell *next;
	spinlock_t lock;
	int irq, charge;
};

static irqreturn_t cell_interrupt(int irq, void *data)
{
	struct cell *c = data;

	spin_lock(&c->lock);
	c->charge++;
	spin_unlock(&c->lock);
	return IRQ_HANDLED;
}

static void cell_setup_next(struct cell *c);

static void cell_setup(struct cell *c)
{
	spin_lock_init(&c->lock); /* expect: lin-live-before-init "c->lock" */
	cell_setup_next(c->next);
}

static void cell_setup_next(struct cell *c)
{
	if (c)
		cell_setup(c);
}

int cell_start(struct cell *c)
{
	int err;

	err = request_irq(c->irq, cell_interrupt, 0, "cell", c);
	if (err)
		return err;
	cell_setup(c); /* note: lin-live-before-init "cell_setup" */
	return 0;
}
