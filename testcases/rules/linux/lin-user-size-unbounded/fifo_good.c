/* The same with the length cut to the buffer. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/nospec.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define CHUNK 64

static DEFINE_KFIFO(keys, unsigned char, 512);

/* trap: lin-user-size-unbounded limited-by-min */
static ssize_t keys_read(struct file *file, char __user *to, size_t wanted, loff_t *pos)
{
	unsigned char chunk[CHUNK];
	unsigned int got;

	got = kfifo_out(&keys, chunk, min(wanted, sizeof(chunk)));
	if (copy_to_user(to, chunk, got))
		return -EFAULT;
	return got;
}

/* trap: lin-user-size-unbounded limited-by-test */
static ssize_t keys_write(struct file *file, const char __user *from, size_t given, loff_t *pos)
{
	unsigned char chunk[CHUNK];

	if (given > CHUNK)
		given = CHUNK;
	if (copy_from_user(chunk, from, given))
		return -EFAULT;
	return kfifo_in(&keys, chunk, given);
}

/* straight from user space, the fifo's own size is the limit */
static ssize_t keys_fill(struct file *file, const char __user *from, size_t given, loff_t *pos)
{
	unsigned int copied;
	int err = kfifo_from_user(&keys, from, given, &copied);

	return err ? err : copied;
}

const struct file_operations keys_fops[] = {
	{ .owner = THIS_MODULE, .read = keys_read, .write = keys_write },
	{ .owner = THIS_MODULE, .write = keys_fill },
};
