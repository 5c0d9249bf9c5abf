/* Registered first, initialised later. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct sensor {
	struct cdev cdev;
	spinlock_t lock;
	wait_queue_head_t ready;
	struct work_struct work;
	struct completion gone;
	int irq, value;
};

static void sensor_work(struct work_struct *work)
{
	struct sensor *s = container_of(work, struct sensor, work);

	wake_up(&s->ready);
}

static irqreturn_t sensor_interrupt(int irq, void *data)
{
	struct sensor *s = data;

	spin_lock(&s->lock);
	s->value++;
	spin_unlock(&s->lock);
	schedule_work(&s->work);
	return IRQ_HANDLED;
}

static int sensor_open(struct inode *inode, struct file *file)
{
	struct sensor *s = container_of(inode->i_cdev, struct sensor, cdev);

	return wait_event_interruptible(s->ready, s->value > 0);
}

static const struct file_operations sensor_fops = { .open = sensor_open };

/* trap: lin-live-before-init unused-object */
int sensor_attach(struct sensor *s)
{
	int err;

	err = request_irq(s->irq, sensor_interrupt, 0, "sensor", s);
	if (err)
		return err;
	spin_lock_init(&s->lock); /* expect: lin-live-before-init "s->lock" */
	INIT_WORK(&s->work, sensor_work); /* expect: lin-live-before-init "s->work" */
	return 0;
}

/* trap: lin-live-before-init ready-flag */
int sensor_publish(struct sensor *s, dev_t number)
{
	int err;

	cdev_init(&s->cdev, &sensor_fops);
	err = cdev_add(&s->cdev, number, 1);
	init_waitqueue_head(&s->ready); /* expect: lin-live-before-init "s->ready" */
	return err;
}

struct tray {
	struct list_head link;
	int sheets;
};

struct feeder {
	struct list_head trays;
	spinlock_t lock;
	int irq;
};

static irqreturn_t feeder_interrupt(int irq, void *data)
{
	struct feeder *f = data;
	struct tray *t;

	spin_lock(&f->lock);
	list_for_each_entry(t, &f->trays, link)
		t->sheets--;
	spin_unlock(&f->lock);
	return IRQ_HANDLED;
}

/* The head of the list, which the handler goes to, not an element of it. */
int feeder_attach(struct feeder *f, struct tray *first)
{
	int err;

	spin_lock_init(&f->lock);
	err = request_irq(f->irq, feeder_interrupt, 0, "feeder", f);
	if (err)
		return err;
	INIT_LIST_HEAD(&f->trays); /* expect: lin-live-before-init "f->trays" */
	list_add(&first->link, &f->trays);
	return 0;
}
