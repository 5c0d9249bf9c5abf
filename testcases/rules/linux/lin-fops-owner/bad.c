/* Devices that can be unloaded while they are open. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>

struct vane {
	struct cdev cdev;
	int direction;
};

static int vane_open(struct inode *inode, struct file *file)
{
	file->private_data = container_of(inode->i_cdev, struct vane, cdev);
	return 0;
}

static const struct file_operations vane_fops = {
	.open = vane_open,
};

/* trap: lin-fops-owner owner-of-cdev */
int vane_add(struct vane *v, dev_t dev)
{
	cdev_init(&v->cdev, &vane_fops); /* expect: lin-fops-owner "no .owner" */ /* note: lin-fops-owner "the file operations that cdev_init is given" */
	return cdev_add(&v->cdev, dev, 1);
}

/* trap: lin-fops-owner framework */
int vane_register(void)
{
	return register_chrdev(240, "vane", &vane_fops); /* expect: lin-fops-owner "register_chrdev" */
}
