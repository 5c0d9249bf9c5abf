/* A device that is told names and numbers as text, and sees to it that they end. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct plate_request {
	int slot;
	char name[16];
};

struct plate {
	char name[64];
	int value;
};

static struct plate plate;

/* trap: lin-user-string last-byte-set */
static ssize_t plate_write(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char text[32];
	int err;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, buf, count))
		return -EFAULT;
	text[count] = '\0';
	err = kstrtoint(text, 0, &plate.value);
	return err ? err : count;
}

/* trap: lin-user-string zeroed-before */
static ssize_t plate_write_zeroed(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char text[32] = "", *copy;
	int err;

	if (copy_from_user(text, buf, min(count, sizeof(text) - 1)))
		return -EFAULT;
	err = kstrtoint(text, 0, &plate.value);
	if (err)
		return err;
	copy = kzalloc(count + 1, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	if (copy_from_user(copy, buf, count))
		err = -EFAULT;
	else
		err = kstrtoint(strim(copy), 0, &plate.value);
	kfree(copy);
	return err ? err : count;
}

static long plate_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct plate_request req;
	char *text;
	long length;

	switch (cmd) {
	case 1:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		req.name[sizeof(req.name) - 1] = '\0';
		strcpy(plate.name, req.name);
		return 0;
	case 2:
		/* trap: lin-user-string copied-as-string */
		text = memdup_user_nul((void __user *)arg, 64);
		if (IS_ERR(text))
			return PTR_ERR(text);
		length = strlen(text);
		kfree(text);
		return length;
	case 3:
		length = strncpy_from_user(plate.name, (void __user *)arg, sizeof(plate.name));
		if (length < 0 || length == sizeof(plate.name))
			return -EINVAL;
		return strlen(plate.name);
	case 4:
		/* trap: lin-user-string end-looked-for */
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		if (strnlen(req.name, sizeof(req.name)) == sizeof(req.name))
			return -EINVAL;
		return strlen(req.name);
	case 5:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		return strscpy(plate.name, req.name, sizeof(req.name)) < 0 ? -EINVAL : 0;
	default:
		return -ENOTTY;
	}
}

const struct file_operations plate_fops[] = {
	{ .owner = THIS_MODULE, .write = plate_write, .unlocked_ioctl = plate_ioctl },
	{ .owner = THIS_MODULE, .write = plate_write_zeroed },
};
