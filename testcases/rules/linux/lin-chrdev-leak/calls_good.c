/* The failure path calls the counterpart. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>

struct tape {
	struct cdev cdev;
	dev_t number;
};

static int tape_number(struct tape *t)
{
	return alloc_chrdev_region(&t->number, 0, 1, "tape");
}

static void tape_unnumber(struct tape *t)
{
	unregister_chrdev_region(t->number, 1);
}

int tape_start(struct tape *t, const struct file_operations *fops)
{
	int err = tape_number(t);

	if (err)
		return err; /* ok: lin-chrdev-leak */
	cdev_init(&t->cdev, fops);
	err = cdev_add(&t->cdev, t->number, 1);
	if (err)
		tape_unnumber(t);
	return err; /* ok: lin-chrdev-leak */
}

void tape_stop(struct tape *t)
{
	cdev_del(&t->cdev);
	tape_unnumber(t);
}
