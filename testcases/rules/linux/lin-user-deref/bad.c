/* User pointers used as if they pointed into the kernel. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct radio_tune {
	int band, volume;
};

static char radio_text[64];

static ssize_t radio_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	if (!count) /* note: lin-user-deref "`count` is not 0" */
		return 0;
	buf[0] = radio_text[0]; /* expect: lin-user-deref "buf" */
	return 1;
}

/* trap: lin-user-deref force-cast */
static ssize_t radio_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	if (count > sizeof(radio_text))
		count = sizeof(radio_text);
	memcpy(radio_text, (const void *)buf, count); /* expect: lin-user-deref "buf" */
	return count;
}

static int radio_volume(const struct radio_tune __user *tune)
{
	int volume = 0;

	if (tune)
		volume = tune->volume; /* expect: lin-user-deref "tune" */
	return volume;
}

/* The argument is an integer; the cast makes it a kernel pointer. */
/* trap: lin-user-deref integer-argument */
static long radio_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct radio_tune *tune = (struct radio_tune *)arg;

	switch (cmd) {
	case 1:
		return tune->band; /* expect: lin-user-deref "tune" */
	case 2:
		return radio_volume((struct radio_tune __user *)arg);
	}
	return -ENOTTY;
}

/* trap: lin-user-deref address-only */
static ssize_t radio_name(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	const char __user *p = buf;
	size_t n;

	for (n = 0; n < count; n++, p++)
		radio_text[n & 63] = *p; /* expect: lin-user-deref "p" */
	return n;
}

int radio_number(const char __user *text)
{
	int value;

	if (kstrtoint((const char *)text, 10, &value)) /* expect: lin-user-deref "text" */
		return -EINVAL;
	return value;
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

/* kernel_write reads the buffer as memory of the kernel. */
/* trap: lin-user-deref kernel-buffer */
ssize_t radio_store(struct file *file, const char __user *buf, size_t count)
{
	loff_t pos = 0;

	return kernel_write(file, (const void *)buf, count, &pos); /* expect: lin-user-deref "buf" */
}
