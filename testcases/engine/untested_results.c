/* An init function that looks at few of its results: each that may fail doubled the ways on, until the budget was gone
 * and what is left behind at the end was not seen. */
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static struct class *beacon_class;
static struct device *beacon_device, *beacon_spare;
static struct task_struct *beacon_thread;
static struct kmem_cache *beacon_cache, *beacon_names;
static struct kobject *beacon_kobject;
static struct workqueue_struct *beacon_queue;
static struct proc_dir_entry *beacon_folder;
static char *beacon_table;

static int beacon_run(void *unused)
{
	while (!kthread_should_stop())
		schedule_timeout_interruptible(HZ);
	return 0;
}

static int __init beacon_init(void)
{
	beacon_class = class_create(THIS_MODULE, "beacon");
	beacon_device = device_create(beacon_class, NULL, MKDEV(240, 0), NULL, "beacon"); /* expect: lin-errptr-check "beacon_class" */
	beacon_spare = device_create(beacon_class, NULL, MKDEV(240, 1), NULL, "spare");
	beacon_thread = kthread_run(beacon_run, NULL, "beacon"); /* expect: lin-errptr-check "beacon_thread" */
	beacon_cache = kmem_cache_create("beacon", 64, 0, 0, NULL);
	beacon_names = kmem_cache_create("beacon names", 32, 0, 0, NULL);
	beacon_queue = create_singlethread_workqueue("beacon");
	beacon_folder = proc_mkdir("beacon", NULL);
	beacon_table = kmalloc(PAGE_SIZE, GFP_KERNEL);
	beacon_table[0] = '\0'; /* expect: lin-null-unchecked "beacon_table" */
	beacon_kobject = kobject_create_and_add("beacon", kernel_kobj);
	if (!beacon_kobject)
		return -ENOMEM; /* expect: lin-init-unwind "beacon_class" */ /* expect: lin-init-unwind "beacon_thread" */ /* expect: lin-init-unwind "beacon_cache" */ /* expect: lin-init-unwind "beacon_names" */ /* expect: lin-init-unwind "beacon_queue" */ /* expect: lin-init-unwind "proc_mkdir" */
	return 0;
}

static void __exit beacon_exit(void)
{
	kobject_put(beacon_kobject);
	kfree(beacon_table);
	proc_remove(beacon_folder);
	destroy_workqueue(beacon_queue);
	kmem_cache_destroy(beacon_names);
	kmem_cache_destroy(beacon_cache);
	kthread_stop(beacon_thread);
	device_destroy(beacon_class, MKDEV(240, 1));
	device_destroy(beacon_class, MKDEV(240, 0));
	class_destroy(beacon_class);
}

module_init(beacon_init);
module_exit(beacon_exit);
MODULE_LICENSE("GPL");
