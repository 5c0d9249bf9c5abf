/* The loops undo the cdevs, and nothing the numbers. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>

struct tape {
	struct cdev cdev;
	dev_t dev;
};

extern const struct file_operations tape_fops;

/* Each minor that was added before stays. */
/* trap: lin-chrdev-leak partial-unwind */
int tape_all(struct tape *tapes, dev_t dev, int count)
{
	int i, err;

	err = register_chrdev_region(dev, count, "tape"); /* note: lin-chrdev-leak "device numbers" */
	if (err)
		return err;
	for (i = 0; i < count; i++) {
		cdev_init(&tapes[i].cdev, &tape_fops);
		err = cdev_add(&tapes[i].cdev, dev + i, 1);
		if (err)
			goto undo;
	}
	return 0;
undo:
	while (--i >= 0)
		cdev_del(&tapes[i].cdev);
	return err; /* expect: lin-chrdev-leak "register_chrdev_region" */
}

/* Deleted one by one, the numbers are forgotten. */
/* trap: lin-chrdev-leak delete-loop */
int tape_undo(struct tape *tapes, dev_t dev, int busy)
{
	int i, err = alloc_chrdev_region(&dev, 0, 4, "tape"); /* note: lin-chrdev-leak "device numbers" */

	if (err)
		return err;
	if (busy) {
		for (i = 0; i < 4; i++)
			cdev_del(&tapes[i].cdev);
		return -EBUSY; /* expect: lin-chrdev-leak "alloc_chrdev_region" */
	}
	tapes[0].dev = dev;
	return 0;
}
