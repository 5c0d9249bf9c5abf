/* Results that say whether a call failed, and nobody looks. */
#include <linux/blkdev.h>
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/net.h>
#include <linux/semaphore.h>
#include <net/net_namespace.h>

struct kiosk {
	struct cdev cdev;
	struct semaphore sem;
	struct mutex lock;
	struct miscdevice misc;
	int irq, users;
};

irqreturn_t kiosk_interrupt(int irq, void *data);

/* trap: lin-errno-unchecked returned */
int kiosk_add(struct kiosk *k, dev_t dev)
{
	cdev_add(&k->cdev, dev, 1); /* expect: lin-errno-unchecked "cdev_add" */ /* note: lin-errno-unchecked "nothing looks at the result of cdev_add," */
	return 0;
}

/* Stored, and overwritten before anybody looks. */
/* trap: lin-errno-unchecked kept-in-field */
int kiosk_count(struct kiosk *k, const char *text, dev_t dev)
{
	int err;

	err = kstrtoint(text, 0, &k->users); /* expect: lin-errno-unchecked "kstrtoint" */
	err = cdev_add(&k->cdev, dev, 1);
	return err;
}

int kiosk_enter(struct kiosk *k)
{
	down_interruptible(&k->sem); /* expect: lin-errno-unchecked "down_interruptible" */
	k->users++;
	up(&k->sem);
	return 0;
}

/* trap: lin-errno-unchecked inverted-test */
void kiosk_irqs(struct kiosk *k, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (i & 1)
			request_irq(k->irq + i, kiosk_interrupt, 0, "kiosk", k); /* expect: lin-errno-unchecked "request_irq" */
	}
}

int kiosk_mmap(struct file *file, struct vm_area_struct *vma)
{
	int err = 0;

	remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff, PAGE_SIZE, /* expect: lin-errno-unchecked "remap_pfn_range" */
			vma->vm_page_prot);
	return err;
}

/* Stored, and never read. */
/* trap: lin-errno-unchecked void-cast */
void kiosk_misc(struct kiosk *k)
{
	int err;

	k->users = 0;
	err = misc_register(&k->misc); /* expect: lin-errno-unchecked "misc_register" */
}

int kiosk_parse(const char *text)
{
	int users = 1;

	kstrtoint(text, 10, &users); /* expect: lin-errno-unchecked "kstrtoint" */
	return users;
}

void kiosk_connect(struct socket **sock)
{
	sock_create_kern(&init_net, PF_INET, SOCK_STREAM, 0, sock); /* expect: lin-errno-unchecked "sock_create_kern" */
}

/* trap: lin-errno-unchecked void-declaration */
void kiosk_publish(struct gendisk *disk)
{
	set_capacity(disk, 64);
	add_disk(disk); /* expect: lin-errno-unchecked "add_disk" */
}
