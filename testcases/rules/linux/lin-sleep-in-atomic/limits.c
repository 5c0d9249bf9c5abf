/* Known gaps: the sleep is in a callee, or the context comes from the caller. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>

struct lift {
	spinlock_t lock;
	int floor;
};

static void lift_pause(struct lift *l)
{
	if (l->floor)
		msleep(1);
}

void lift_brake(struct lift *l)
{
	spin_lock(&l->lock);
	lift_pause(l); /* todo-expect: lin-sleep-in-atomic "lift_pause" */
	spin_unlock(&l->lock);
}

static irqreturn_t lift_interrupt(int irq, void *data)
{
	struct lift *l = data;

	l->floor = 0;
	msleep(1); /* todo-expect: lin-sleep-in-atomic "msleep" */
	return IRQ_HANDLED;
}

int lift_start(struct lift *l, int irq)
{
	return request_irq(irq, lift_interrupt, 0, "lift", l);
}
