/* Compared, returned, kept, or waived. */
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
	struct miscdevice misc;
	int irq, users, err;
};

irqreturn_t kiosk_interrupt(int irq, void *data);

int kiosk_add(struct kiosk *k, dev_t dev)
{
	int err = cdev_add(&k->cdev, dev, 1); /* ok: lin-errno-unchecked */

	if (err < 0)
		pr_err("cdev_add: %d\n", err);
	return err;
}

/* Trap: returned directly. */
/* trap: lin-errno-unchecked returned */
int kiosk_register(dev_t dev)
{
	return register_chrdev_region(dev, 1, "kiosk"); /* ok: lin-errno-unchecked */
}

int kiosk_enter(struct kiosk *k)
{
	if (down_interruptible(&k->sem)) /* ok: lin-errno-unchecked */
		return -ERESTARTSYS;
	k->users++;
	up(&k->sem);
	return 0;
}

/* Trap: stored in a field and looked at later. */
/* trap: lin-errno-unchecked kept-in-field */
void kiosk_start(struct kiosk *k)
{
	k->err = request_irq(k->irq, kiosk_interrupt, 0, "kiosk", k); /* ok: lin-errno-unchecked */
}

/* Trap: the inverted test. */
/* trap: lin-errno-unchecked inverted-test */
int kiosk_misc(struct kiosk *k)
{
	if (misc_register(&k->misc) == 0) /* ok: lin-errno-unchecked */
		return 0;
	return -ENODEV;
}

/* Trap: waived on purpose. */
/* trap: lin-errno-unchecked void-cast */
void kiosk_best_effort(struct kiosk *k)
{
	(void)misc_register(&k->misc); /* ok: lin-errno-unchecked */
}

/* Trap: collected with others. */
int kiosk_parse(const char *a, const char *b, int *x, int *y)
{
	int err = 0;

	err |= kstrtoint(a, 10, x); /* ok: lin-errno-unchecked */
	err |= kstrtoint(b, 10, y); /* ok: lin-errno-unchecked */
	return err ? -EINVAL : 0;
}

/* Trap: the operand of a conditional. */
int kiosk_mmap(struct file *file, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, vma->vm_pgoff, PAGE_SIZE, /* ok: lin-errno-unchecked */
			       vma->vm_page_prot) ? -EAGAIN : 0;
}
