/* Set first, and pure. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

struct oven {
	wait_queue_head_t wait;
	wait_queue_head_t door;
	spinlock_t lock;
	int hot;
	int open;
	int state;
};

irqreturn_t oven_irq(int irq, void *data)
{
	struct oven *o = data;

	o->hot = 1;
	wake_up(&o->wait);
	return IRQ_HANDLED;
}

int oven_wait(struct oven *o)
{
	return wait_event_interruptible(o->wait, o->hot);
}

/* trap: lin-wait-cond-misuse under-lock */
void oven_shut(struct oven *o)
{
	spin_lock_irq(&o->lock);
	wake_up_all(&o->door);
	o->open = 0;
	spin_unlock_irq(&o->lock);
}

int oven_wait_door(struct oven *o)
{
	int open;

	for (;;) {
		wait_event(o->door, !o->open);
		spin_lock_irq(&o->lock);
		open = o->open;
		spin_unlock_irq(&o->lock);
		if (!open)
			return 0;
	}
}

/* trap: lin-wait-cond-misuse reset */
void oven_pulse(struct oven *o)
{
	wake_up(&o->wait);
	o->hot = 0;
}

static bool oven_is_ready(struct oven *o)
{
	bool ready;

	spin_lock_irq(&o->lock);
	ready = o->state == 1;
	spin_unlock_irq(&o->lock);
	return ready;
}

/* trap: lin-wait-cond-misuse accessor */
int oven_wait_state(struct oven *o)
{
	int state, err;

	err = wait_event_interruptible(o->wait, oven_is_ready(o));
	if (!err)
		err = wait_event_interruptible(o->wait, (state = o->state) != 0);
	return err ? err : state;
}
