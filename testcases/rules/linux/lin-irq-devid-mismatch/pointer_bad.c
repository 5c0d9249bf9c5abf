/* Requested and freed behind the pointers of a table. */
#include <linux/fs.h>
#include <linux/interrupt.h>

#define SLOT_IRQ 10

struct slot_ops {
	int (*start)(void);
	void (*stop)(void);
};

static int slot_coins;

static irqreturn_t slot_interrupt(int irq, void *data)
{
	slot_coins++;
	return IRQ_HANDLED;
}

static int slot_start(void)
{
	return request_irq(SLOT_IRQ, slot_interrupt, 0, "slot", &slot_coins);
}

static void slot_stop(void)
{
	free_irq(SLOT_IRQ, NULL); /* expect: lin-irq-devid-mismatch "free_irq" */
}

const struct slot_ops slot_ops = { .start = slot_start, .stop = slot_stop };

int slot_restart(const struct slot_ops *ops)
{
	ops->stop();
	return ops->start();
}
