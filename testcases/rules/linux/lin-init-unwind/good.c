/* Init functions that leave nothing behind when they fail. */
#undef MODULE /* built in, so that one file may have several init functions */
#include <linux/cdev.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static dev_t mill_dev;
static struct cdev mill_cdev;
static struct class *mill_class;
static struct workqueue_struct *mill_wq;
static struct kmem_cache *mill_cache;
static struct miscdevice mill_misc;
static struct platform_driver mill_driver;
static struct dentry *mill_debug;
static const struct file_operations mill_fops;
static const struct proc_ops mill_proc_ops;

static int __init mill_chrdev_init(void)
{
	int err;

	err = alloc_chrdev_region(&mill_dev, 0, 1, "mill");
	if (err)
		return err; /* ok: lin-init-unwind */
	cdev_init(&mill_cdev, &mill_fops);
	err = cdev_add(&mill_cdev, mill_dev, 1);
	if (err) {
		unregister_chrdev_region(MKDEV(MAJOR(mill_dev), 0), 1);
		return err; /* ok: lin-init-unwind */
	}
	return 0;
}
core_initcall(mill_chrdev_init);

/* Trap: a chain of labels. */
/* trap: lin-init-unwind label-chain */
static int __init mill_ladder_init(void)
{
	int err = -ENOMEM;

	mill_cache = kmem_cache_create("mill", 64, 0, 0, NULL);
	if (!mill_cache)
		return -ENOMEM;
	mill_wq = alloc_workqueue("mill", 0, 0);
	if (!mill_wq)
		goto destroy_cache;
	err = misc_register(&mill_misc);
	if (err)
		goto destroy_wq;
	return 0;
destroy_wq:
	destroy_workqueue(mill_wq);
destroy_cache:
	kmem_cache_destroy(mill_cache);
	return err; /* ok: lin-init-unwind */
}
late_initcall(mill_ladder_init);

/* Trap: a helper shared with the exit function. */
static void mill_cleanup(void)
{
	if (mill_class)
		class_destroy(mill_class);
	misc_deregister(&mill_misc);
	proc_remove(NULL);
}

/* trap: lin-init-unwind shared-helper */
static int __init mill_driver_init(void)
{
	int err;

	err = misc_register(&mill_misc);
	if (err)
		return err;
	mill_class = class_create(THIS_MODULE, "mill");
	if (IS_ERR(mill_class)) {
		err = PTR_ERR(mill_class);
		mill_class = NULL;
		mill_cleanup();
		return err; /* ok: lin-init-unwind */
	}
	err = platform_driver_register(&mill_driver);
	if (err)
		mill_cleanup();
	return err; /* ok: lin-init-unwind */
}
device_initcall(mill_driver_init);

static void __exit mill_exit(void)
{
	platform_driver_unregister(&mill_driver);
	mill_cleanup();
	debugfs_remove_recursive(mill_debug);
	destroy_workqueue(mill_wq);
	kmem_cache_destroy(mill_cache);
	cdev_del(&mill_cdev);
	unregister_chrdev_region(mill_dev, 1);
}
module_exit(mill_exit);

/* Trap: a feature that may be missing; the function succeeds without it. */
/* trap: lin-init-unwind best-effort */
static int __init mill_optional_init(void)
{
	int err = misc_register(&mill_misc);

	if (err)
		return err;
	mill_debug = debugfs_create_dir("mill", NULL);
	if (!proc_create("mill", 0444, NULL, &mill_proc_ops))
		pr_warn("no proc entry\n");
	return 0; /* ok: lin-init-unwind */
}
fs_initcall(mill_optional_init);

/* Trap: objects that need no release. */
/* trap: lin-init-unwind static-object */
static int __init mill_static_init(void)
{
	cdev_init(&mill_cdev, &mill_fops);
	if (!mill_driver.driver.name)
		return -EINVAL; /* ok: lin-init-unwind */
	return platform_driver_register(&mill_driver); /* ok: lin-init-unwind */
}
arch_initcall(mill_static_init);

/* Trap: managed by a device. */
/* trap: lin-init-unwind managed */
static int __init mill_managed(struct device *dev)
{
	void *p = devm_kzalloc(dev, 64, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (!dev->parent)
		return -ENODEV; /* ok: lin-init-unwind */
	dev_set_drvdata(dev, p);
	return 0;
}

static int __init mill_managed_init(void)
{
	return mill_managed(mill_misc.this_device);
}
rootfs_initcall(mill_managed_init);
