/* The exit function undoes each registration. */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/hdlc.h>
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

#define LAMP_BASE 0x378

static dev_t lamp_numbers;
static struct cdev lamp_cdev;
static struct kmem_cache *lamp_cache;
static const struct file_operations lamp_fops = { .owner = THIS_MODULE };

static int __init lamp_init(void)
{
	int err = -EBUSY;

	if (!request_region(LAMP_BASE, 8, "lamp")) /* ok: lin-module-exit-missing */
		return -EBUSY;
	lamp_cache = kmem_cache_create("lamp", 64, 0, 0, NULL); /* ok: lin-module-exit-missing */
	if (!lamp_cache)
		goto release_region;
	err = alloc_chrdev_region(&lamp_numbers, 0, 1, "lamp");
	if (err)
		goto destroy_cache;
	cdev_init(&lamp_cdev, &lamp_fops);
	err = cdev_add(&lamp_cdev, lamp_numbers, 1);
	if (err)
		goto unregister;
	return 0;
unregister:
	unregister_chrdev_region(lamp_numbers, 1);
destroy_cache:
	kmem_cache_destroy(lamp_cache);
release_region:
	release_region(LAMP_BASE, 8);
	return err;
}
module_init(lamp_init);

static void __exit lamp_exit(void)
{
	cdev_del(&lamp_cdev);
	unregister_chrdev_region(lamp_numbers, 1);
	kmem_cache_destroy(lamp_cache);
	release_region(LAMP_BASE, 8);
}
module_exit(lamp_exit);
MODULE_LICENSE("GPL");
