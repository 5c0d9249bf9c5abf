/* Open refuses until everything is there. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct meter {
	struct cdev cdev;
	struct mutex lock;
	bool ready;
	int users;
};

static int meter_open(struct inode *inode, struct file *file)
{
	struct meter *m = container_of(inode->i_cdev, struct meter, cdev);

	if (!smp_load_acquire(&m->ready))
		return -ENODEV;
	mutex_lock(&m->lock);
	m->users++;
	mutex_unlock(&m->lock);
	return 0;
}

static const struct file_operations meter_fops = { .open = meter_open };

/* trap: lin-live-before-init ready-flag */
int meter_publish(struct meter *m, dev_t number)
{
	int err;

	cdev_init(&m->cdev, &meter_fops);
	err = cdev_add(&m->cdev, number, 1);
	if (err)
		return err;
	mutex_init(&m->lock); /* ok: lin-live-before-init */
	smp_store_release(&m->ready, true);
	return 0;
}
