/* Known gaps. */
#include <linux/errno.h>
#include <linux/fs.h>

/* Four numbers registered, one released: a range is not told by its length. */
int tape_partial(dev_t dev, int mode)
{
	int err = register_chrdev_region(dev, 4, "tape");

	if (err)
		return err;
	if (mode < 0) {
		unregister_chrdev_region(dev, 1); /* todo-expect: lin-chrdev-leak "register_chrdev_region" */
		return -EINVAL;
	}
	return 0;
}
