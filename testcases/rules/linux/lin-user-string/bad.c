/* A device that is told names and numbers as text. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct label_request {
	int slot;
	char name[16];
};

struct label {
	char name[64];
	int value;
};

static struct label label;

/* trap: lin-user-string last-byte-set */
/* trap: lin-user-string zeroed-before */
static ssize_t label_write(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char text[32];
	int err;

	if (count > sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, count)) /* note: lin-user-string "user space chooses" */
		return -EFAULT;
	err = kstrtoint(text, 0, &label.value); /* expect: lin-user-string "text" */
	return err ? err : count;
}

static long label_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct label_request req, *copy;
	long length;

	switch (cmd) {
	case 1:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		strcpy(label.name, req.name); /* expect: lin-user-string "req.name" */
		return 0;
	case 2:
		/* trap: lin-user-string copied-as-string */
		copy = memdup_user((void __user *)arg, sizeof(*copy));
		if (IS_ERR(copy))
			return PTR_ERR(copy);
		length = strlen(copy->name); /* expect: lin-user-string "copy->name" */
		kfree(copy);
		return length;
	case 3:
		/* trap: lin-user-string end-looked-for */
		if (copy_from_user(label.name, (void __user *)arg, sizeof(label.name)))
			return -EFAULT;
		return strchr(label.name, ':') != NULL; /* expect: lin-user-string "label.name" */
	default:
		return -ENOTTY;
	}
}

const struct file_operations label_fops = {
	.owner = THIS_MODULE,
	.write = label_write,
	.unlocked_ioctl = label_ioctl,
};
