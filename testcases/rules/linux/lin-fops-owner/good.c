/* Operations with an owner, or with none that is needed. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>

static int vane_open(struct inode *inode, struct file *file)
{
	return 0;
}

static const struct file_operations vane_fops = {
	.owner = THIS_MODULE,
	.open = vane_open,
};

/* trap: lin-fops-owner framework */
static const struct proc_ops vane_proc_ops = {
	.proc_open = vane_open,
};

int vane_register(void)
{
	int err = register_chrdev(240, "vane", &vane_fops);

	if (err)
		return err;
	if (!proc_create("vane", 0444, NULL, &vane_proc_ops)) {
		unregister_chrdev(240, "vane");
		return -ENOMEM;
	}
	return 0;
}
