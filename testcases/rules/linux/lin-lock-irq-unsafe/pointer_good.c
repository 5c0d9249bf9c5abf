/* The handler reaches the lock through a pointer; the process keeps interrupts off. */
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/serial_core.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct scale {
	spinlock_t lock;
	void (*event)(struct scale *s);
	int irq, weight;
};

static void scale_event(struct scale *s)
{
	spin_lock(&s->lock);
	s->weight++;
	spin_unlock(&s->lock);
}

static irqreturn_t scale_interrupt(int irq, void *data)
{
	struct scale *s = data;

	s->event(s);
	return IRQ_HANDLED;
}

static int scale_flush(struct file *file, fl_owner_t id)
{
	struct scale *s = file->private_data;

	spin_lock_irq(&s->lock); /* ok: lin-lock-irq-unsafe */
	s->weight = 0;
	spin_unlock_irq(&s->lock);
	return 0;
}

const struct file_operations scale_fops = { .flush = scale_flush };

int scale_start(struct scale *s)
{
	s->event = scale_event;
	return request_irq(s->irq, scale_interrupt, 0, "scale", s);
}
