/* Initialised first, registered last. */
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

	spin_lock_init(&s->lock); /* ok: lin-live-before-init */
	INIT_WORK(&s->work, sensor_work); /* ok: lin-live-before-init */
	err = request_irq(s->irq, sensor_interrupt, 0, "sensor", s);
	if (err)
		return err;
	/* Trap: nobody whom the interrupt reaches uses this one. */
	init_completion(&s->gone); /* ok: lin-live-before-init */
	return 0;
}

int sensor_publish(struct sensor *s, dev_t number)
{
	int err;

	cdev_init(&s->cdev, &sensor_fops);
	init_waitqueue_head(&s->ready); /* ok: lin-live-before-init */
	err = cdev_add(&s->cdev, number, 1);
	return err;
}

struct probe {
	struct list_head link;
	int number;
};

static LIST_HEAD(probes);
static DEFINE_MUTEX(probes_lock);

static int probes_open(struct inode *inode, struct file *file)
{
	struct probe *p;
	int err = -ENODEV;

	mutex_lock(&probes_lock);
	list_for_each_entry(p, &probes, link)
		if (p->number == iminor(inode))
			err = 0;
	mutex_unlock(&probes_lock);
	return err;
}

static const struct file_operations probes_fops = { .open = probes_open };

/* Nobody comes upon an element before it is put on the list. */
int probe_attach(struct probe *p)
{
	int err = register_chrdev(0, "probe", &probes_fops);

	if (err < 0)
		return err;
	INIT_LIST_HEAD(&p->link); /* ok: lin-live-before-init */
	mutex_lock(&probes_lock);
	list_add(&p->link, &probes);
	mutex_unlock(&probes_lock);
	return 0;
}
