/* Init functions that fail without undoing what they did. */
#undef MODULE /* built in, so that one file may have several init functions */
#include <linux/cdev.h>
#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
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
static struct task_struct *mill_thread;
static struct miscdevice mill_misc;
static struct platform_driver mill_driver;
static const struct file_operations mill_fops;
static const struct proc_ops mill_proc_ops;

int mill_main(void *data);

/* trap: lin-init-unwind managed */
/* trap: lin-init-unwind static-object */
static int __init mill_chrdev_init(void)
{
	int err;

	err = alloc_chrdev_region(&mill_dev, 0, 1, "mill"); /* note: lin-init-unwind "device numbers" */
	if (err)
		return err;
	cdev_init(&mill_cdev, &mill_fops);
	err = cdev_add(&mill_cdev, mill_dev, 1);
	if (err)
		return err; /* expect: lin-init-unwind "device number range" */
	return 0;
}
core_initcall(mill_chrdev_init);

/* The label is one too low on the ladder. */
/* trap: lin-init-unwind label-chain */
static int __init mill_ladder_init(void)
{
	int err = -ENOMEM;

	mill_cache = kmem_cache_create("mill", 64, 0, 0, NULL); /* note: lin-init-unwind "mill_cache" */
	if (!mill_cache)
		return -ENOMEM;
	mill_wq = alloc_workqueue("mill", 0, 0);
	if (!mill_wq)
		goto out;
	err = misc_register(&mill_misc);
	if (err)
		goto destroy_wq;
	return 0;
destroy_wq:
	destroy_workqueue(mill_wq);
	kmem_cache_destroy(mill_cache);
out:
	return err; /* expect: lin-init-unwind "slab cache" */
}
late_initcall(mill_ladder_init);

/* The last registration is simply returned. */
/* trap: lin-init-unwind shared-helper */
static int __init mill_driver_init(void)
{
	int err;

	if (!proc_create("mill", 0444, NULL, &mill_proc_ops)) /* note: lin-init-unwind "proc entry" */
		return -ENOMEM;
	err = misc_register(&mill_misc); /* note: lin-init-unwind "mill_misc" */
	if (err) {
		remove_proc_entry("mill", NULL);
		return err;
	}
	return platform_driver_register(&mill_driver); /* expect: lin-init-unwind "proc entry" */ /* expect: lin-init-unwind "misc device" */
}
device_initcall(mill_driver_init);

/* trap: lin-init-unwind best-effort */
static int __init mill_thread_init(void)
{
	mill_thread = kthread_run(mill_main, NULL, "mill"); /* note: lin-init-unwind "mill_thread" */
	if (IS_ERR(mill_thread))
		return PTR_ERR(mill_thread);
	mill_class = class_create(THIS_MODULE, "mill");
	if (IS_ERR(mill_class))
		return PTR_ERR(mill_class); /* expect: lin-init-unwind "kernel thread" */
	return 0;
}
subsys_initcall(mill_thread_init);
