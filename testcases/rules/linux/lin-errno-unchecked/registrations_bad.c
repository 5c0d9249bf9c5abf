/* Registrations whose results nobody looks at. */
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kobject.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>

static struct platform_driver mill_platform_driver = { .driver = { .name = "mill" } };
static struct pci_driver mill_pci_driver = { .name = "mill" };
static struct device_driver mill_driver = { .name = "mill" };
static struct miscdevice mill_misc = { .name = "mill" };
static const struct file_operations mill_fops = { .owner = THIS_MODULE };
static struct cdev mill_cdev;

void mill_drivers(void)
{
	platform_driver_register(&mill_platform_driver); /* expect: lin-errno-unchecked "platform_driver_register" */
	pci_register_driver(&mill_pci_driver);		 /* expect: lin-errno-unchecked "pci_register_driver" */
	driver_register(&mill_driver);			 /* expect: lin-errno-unchecked "driver_register" */
}

void mill_devices(dev_t dev)
{
	misc_register(&mill_misc);		  /* expect: lin-errno-unchecked "misc_register" */
	register_chrdev(240, "mill", &mill_fops); /* expect: lin-errno-unchecked "register_chrdev" */
	cdev_init(&mill_cdev, &mill_fops);
	cdev_add(&mill_cdev, dev, 1); /* expect: lin-errno-unchecked "cdev_add" */
}

void mill_object(struct kobject *kobj, struct kobject *parent)
{
	kobject_add(kobj, parent, "mill"); /* expect: lin-errno-unchecked "kobject_add" */
}
