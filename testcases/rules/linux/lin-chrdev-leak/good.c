/* Taken back on failure. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>

struct tape {
	struct cdev cdev[4];
	struct class *class;
	dev_t dev;
	int major;
};

extern const struct file_operations tape_fops;

/* Trap: registered as a range, released by a number computed anew. */
/* trap: lin-chrdev-leak dynamic-numbers */
int tape_probe(struct tape *t)
{
	int err = alloc_chrdev_region(&t->dev, 0, 4, "tape");

	if (err)
		return err; /* ok: lin-chrdev-leak */
	t->major = MAJOR(t->dev);
	cdev_init(&t->cdev[0], &tape_fops);
	err = cdev_add(&t->cdev[0], t->dev, 4);
	if (err) {
		unregister_chrdev_region(MKDEV(t->major, 0), 4);
		return err; /* ok: lin-chrdev-leak */
	}
	return 0; /* ok: lin-chrdev-leak */
}

int tape_create(struct tape *t, dev_t dev)
{
	struct device *device;
	int err = register_chrdev_region(dev, 1, "tape");

	if (err)
		return err;
	err = cdev_add(&t->cdev[0], dev, 1);
	if (err)
		goto unregister;
	device = device_create(t->class, NULL, dev, NULL, "tape");
	if (IS_ERR(device)) {
		err = PTR_ERR(device);
		goto delete;
	}
	return 0;
delete:
	cdev_del(&t->cdev[0]);
unregister:
	unregister_chrdev_region(dev, 1);
	return err; /* ok: lin-chrdev-leak */
}

int tape_legacy(struct tape *t, int wanted)
{
	int major = register_chrdev(0, "tape", &tape_fops);

	if (major < 0)
		return major;
	if (wanted && major != wanted) {
		unregister_chrdev(major, "tape");
		return -EBUSY; /* ok: lin-chrdev-leak */
	}
	t->major = major;
	return 0;
}

/* Trap: a loop over minors that undoes what it did so far. */
/* trap: lin-chrdev-leak partial-unwind */
int tape_all(struct tape *t)
{
	int i, err;

	for (i = 0; i < 4; i++) {
		cdev_init(&t->cdev[i], &tape_fops);
		err = cdev_add(&t->cdev[i], t->dev + i, 1);
		if (err)
			goto undo;
	}
	return 0;
undo:
	while (--i >= 0)
		cdev_del(&t->cdev[i]);
	return err; /* ok: lin-chrdev-leak */
}

/* One loop adds, another one deletes. */
/* trap: lin-chrdev-leak delete-loop */
int tape_undo(struct tape *t, int busy)
{
	int i, err = 0;

	for (i = 0; i < 4 && !err; i++) {
		cdev_init(&t->cdev[i], &tape_fops);
		err = cdev_add(&t->cdev[i], t->dev + i, 1);
	}
	if (!err && !busy)
		return 0;
	for (i = 0; i < 4; i++)
		cdev_del(&t->cdev[i]);
	return err ? err : -EBUSY; /* ok: lin-chrdev-leak */
}
