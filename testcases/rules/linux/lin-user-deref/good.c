/* User pointers only handed to the functions made for them. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct radio_tune {
	int band, volume;
	const char __user *name;
};

static char radio_text[64];

static ssize_t radio_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (!count)
		return 0;
	if (put_user(radio_text[0], &buf[0])) /* ok: lin-user-deref */
		return -EFAULT;
	return 1;
}

static ssize_t radio_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	if (count > sizeof(radio_text))
		count = sizeof(radio_text);
	if (copy_from_user(radio_text, buf, count)) /* ok: lin-user-deref */
		return -EFAULT;
	return count;
}

static int radio_volume(const struct radio_tune __user *tune)
{
	int volume;

	if (get_user(volume, &tune->volume)) /* ok: lin-user-deref */
		return -EFAULT;
	return volume;
}

/* Trap: the argument becomes a user pointer, and the copy a kernel structure. */
/* trap: lin-user-deref integer-argument */
static long radio_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct radio_tune tune;

	if (cmd == 3)
		return arg > 10 ? -EINVAL : (long)arg; /* ok: lin-user-deref */
	if (copy_from_user(&tune, (void __user *)arg, sizeof(tune)))
		return -EFAULT;
	if (cmd == 1)
		return tune.band; /* ok: lin-user-deref */
	if (cmd == 2)
		return radio_volume((struct radio_tune __user *)arg);
	return -ENOTTY;
}

/* Trap: only the address is computed and compared. */
/* trap: lin-user-deref address-only */
static ssize_t radio_name(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	const char __user *p, *end = buf + count; /* ok: lin-user-deref */
	size_t n = 0;

	for (p = buf; p < end; p++, n++) { /* ok: lin-user-deref */
		if (get_user(radio_text[n & 63], p))
			return -EFAULT;
	}
	return n;
}

/* Trap: a pointer inside a copied structure is handed on, not followed. */
int radio_tune_name(const struct radio_tune __user *arg)
{
	struct radio_tune tune;
	char name[16];

	if (copy_from_user(&tune, arg, sizeof(tune)))
		return -EFAULT;
	if (strncpy_from_user(name, tune.name, sizeof(name)) < 0) /* ok: lin-user-deref */
		return -EFAULT;
	return name[0];
}

/* Trap: the author waives the check. */
/* trap: lin-user-deref force-cast */
int radio_kernel_only(const char __user *text)
{
	const char *kernel = (const char __force *)text;

	return kernel[0]; /* ok: lin-user-deref */
}

/* Trap: the size of what it points to. */
size_t radio_size(const struct radio_tune __user *arg)
{
	return sizeof(arg->band) + sizeof(*arg); /* ok: lin-user-deref */
}

const struct file_operations radio_fops = {
	.owner = THIS_MODULE,
	.read = radio_read,
	.write = radio_write,
	.unlocked_ioctl = radio_ioctl,
};

const struct file_operations radio_name_fops = {
	.owner = THIS_MODULE,
	.write = radio_name,
};

/* The buffer is the kernel's. */
/* trap: lin-user-deref kernel-buffer */
ssize_t radio_load(struct file *file)
{
	loff_t pos = 0;

	return kernel_read(file, radio_text, sizeof(radio_text), &pos); /* ok: lin-user-deref */
}
