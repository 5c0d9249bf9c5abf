/* Set after the wake, or with effects. */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

struct oven {
	wait_queue_head_t wait;
	wait_queue_head_t door;
	struct mutex lock;
	int hot;
	int open;
	int tries;
	int state;
};

/* trap: lin-wait-cond-misuse under-lock */
irqreturn_t oven_irq(int irq, void *data)
{
	struct oven *o = data;

	wake_up(&o->wait); /* note: lin-wait-cond-misuse "wakes it here" */
	o->hot = 1;	   /* expect: lin-wait-cond-misuse "o->hot is set only after wake_up" */
	return IRQ_HANDLED;
}

int oven_wait(struct oven *o)
{
	return wait_event_interruptible(o->wait, o->hot); /* note: lin-wait-cond-misuse "`oven_wait` waits here" */
}

/* trap: lin-wait-cond-misuse reset */
void oven_shut(struct oven *o)
{
	wake_up_all(&o->door);
	o->open = 0; /* expect: lin-wait-cond-misuse "o->open" */
}

int oven_wait_door(struct oven *o)
{
	return wait_event_killable(o->door, !o->open || o->state == 2);
}

int oven_try(struct oven *o)
{
	return wait_event_interruptible(o->wait, o->tries++ > 3); /* expect: lin-wait-cond-misuse "it changes o->tries" */
}

static int oven_state(struct oven *o)
{
	int state;

	mutex_lock(&o->lock);
	state = o->state;
	mutex_unlock(&o->lock);
	return state;
}

/* trap: lin-wait-cond-misuse accessor */
int oven_wait_state(struct oven *o)
{
	return wait_event_interruptible(o->wait, oven_state(o) == 1); /* expect: lin-wait-cond-misuse "mutex_lock in it may sleep" */
}
