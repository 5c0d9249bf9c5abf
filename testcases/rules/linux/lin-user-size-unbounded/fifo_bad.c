/* A buffer on the stack between a fifo and user space. */
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

static ssize_t keys_read(struct file *file, char __user *to, size_t wanted, loff_t *pos)
{
	unsigned char chunk[CHUNK];
	unsigned int got;

	/* the macro has a variable of its own for the length */
	got = kfifo_out(&keys, chunk, wanted); /* expect: lin-user-size-unbounded "wanted comes from user space" */
	if (copy_to_user(to, chunk, got))
		return -EFAULT;
	return got;
}

static ssize_t keys_write(struct file *file, const char __user *from, size_t given, loff_t *pos)
{
	unsigned char chunk[CHUNK];

	if (copy_from_user(chunk, from, CHUNK))
		return -EFAULT;
	return kfifo_in(&keys, chunk, given); /* expect: lin-user-size-unbounded "given comes from user space" */
}

const struct file_operations keys_fops = {
	.owner = THIS_MODULE,
	.read = keys_read,
	.write = keys_write,
};
