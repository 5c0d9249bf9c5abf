/* Failures outside the init function that keep device numbers or cdevs. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>

struct tape {
	struct cdev cdev;
	struct class *class;
	dev_t dev;
	int major;
};

extern const struct file_operations tape_fops;

/* trap: lin-chrdev-leak dynamic-numbers */
int tape_probe(struct tape *t)
{
	int err = alloc_chrdev_region(&t->dev, 0, 4, "tape"); /* note: lin-chrdev-leak "device numbers" */

	if (err)
		return err;
	cdev_init(&t->cdev, &tape_fops);
	err = cdev_add(&t->cdev, t->dev, 4);
	if (err)
		return err; /* expect: lin-chrdev-leak "alloc_chrdev_region" */
	return 0;
}

/* The ladder forgets the cdev. */
int tape_create(struct tape *t, dev_t dev)
{
	struct device *device;
	int err = register_chrdev_region(dev, 1, "tape");

	if (err)
		return err;
	err = cdev_add(&t->cdev, dev, 1); /* note: lin-chrdev-leak "t->cdev" */
	if (err)
		goto unregister;
	device = device_create(t->class, NULL, dev, NULL, "tape");
	if (IS_ERR(device)) {
		err = PTR_ERR(device);
		goto unregister;
	}
	return 0;
unregister:
	unregister_chrdev_region(dev, 1);
	return err; /* expect: lin-chrdev-leak "cdev_add" */
}

int tape_legacy(struct tape *t, int wanted)
{
	int major = register_chrdev(0, "tape", &tape_fops); /* note: lin-chrdev-leak "registered here" */

	if (major < 0)
		return major;
	t->major = major;
	if (wanted && major != wanted)
		return -EBUSY; /* expect: lin-chrdev-leak "register_chrdev" */
	return 0;
}

int tape_check(struct tape *t, dev_t dev)
{
	if (register_chrdev_region(dev, 8, "tape") < 0) /* note: lin-chrdev-leak "device numbers" */
		return -EBUSY;
	t->dev = dev;
	if (MINOR(dev)) {
		if (t->major)
			return -EINVAL; /* expect: lin-chrdev-leak "register_chrdev_region" */
		t->dev = 0;
	}
	return 0;
}
