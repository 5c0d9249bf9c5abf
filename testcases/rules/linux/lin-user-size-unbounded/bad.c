/* A small character device whose read, write and ioctl trust what user space passes. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/nospec.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define BOARD_SIZE 256
#define BOARD_CHANNELS 8

struct board {
	char data[BOARD_SIZE];
	char *scratch;
	int gain[BOARD_CHANNELS];
};

struct board_request {
	int channel;
	unsigned int length;
	int value;
	char text[32];
};

static struct board board;

/* trap: lin-user-size-unbounded limited-by-min */
static ssize_t board_write(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char line[64];

	if (count == 0)
		return 0;
	if (copy_from_user(line, buf, count)) /* expect: lin-user-size-unbounded "64 bytes of line" */
		return -EFAULT;
	board.gain[0] = line[0];
	return count;
}

/* The length is limited, the place in the buffer is not. */
/* trap: lin-user-size-unbounded limited-by-test */
static ssize_t board_read(struct file *file, char __user *buf, size_t count, loff_t *off)
{
	if (count > BOARD_SIZE)
		count = BOARD_SIZE;
	if (copy_to_user(buf, board.data + *off, count)) /* expect: lin-user-size-unbounded "offset" */
		return -EFAULT;
	*off += count;
	return count;
}

/* The terminator goes one beyond the end. */
static ssize_t board_write_text(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char line[64];

	if (count > sizeof(line)) /* note: lin-user-size-unbounded "count" */
		return -EINVAL;
	if (copy_from_user(line, buf, count))
		return -EFAULT;
	line[count] = '\0'; /* expect: lin-user-size-unbounded "64 elements of line" */
	return strlen(line);
}

/* Does the copy for whoever asks: its caller has to check. */
/* trap: lin-user-size-unbounded checked-by-caller */
static int board_fill(struct board *b, const void __user *from, unsigned int length)
{
	if (copy_from_user(b->data, from, length))
		return -EFAULT;
	return 0;
}

static int board_set(struct board *b, const struct board_request *req)
{
	b->gain[req->channel] = req->value;
	return 0;
}

/* Only copies: whoever asks for it has to look. */
static int board_get_request(struct board_request *req, unsigned long arg)
{
	return copy_from_user(req, (void __user *)arg, sizeof(*req)) ? -EFAULT : 0;
}

static long board_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct board_request req;
	int index;

	switch (cmd) {
	case 1:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req))) /* note: lin-user-size-unbounded "copied" */
			return -EFAULT;
		return board_fill(&board, file->private_data, req.length); /* expect: lin-user-size-unbounded "length" */
	case 2:
		if (get_user(index, (int __user *)arg))
			return -EFAULT;
		if (index >= BOARD_CHANNELS) /* a negative one passes */
			return -EINVAL;
		return board.gain[index]; /* expect: lin-user-size-unbounded "negative" */
	case 3:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		return board_set(&board, &req); /* expect: lin-user-size-unbounded "channel" */
	case 4:
		/* trap: lin-user-size-unbounded whole-struct */
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		memcpy(board.data, req.text, req.length); /* expect: lin-user-size-unbounded "req.length" */
		return 0;
	case 5:
		if (board_get_request(&req, arg))
			return -EFAULT;
		return board.gain[req.channel]; /* expect: lin-user-size-unbounded "req.channel" */
	case 6:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		for (index = 0; index < req.length; index++)
			board.gain[index] = req.value; /* expect: lin-user-size-unbounded "the end of index" */
		return 0;
	default:
		return -ENOTTY;
	}
}

static ssize_t board_write_scratch(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	if (copy_from_user(board.scratch, buf, count)) /* expect: lin-user-size-unbounded "100 bytes of scratch" */
		return -EFAULT;
	return count;
}

/* trap: lin-user-size-unbounded allocated-for-it */
static ssize_t board_write_copy(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char *copy = kmalloc(BOARD_SIZE, GFP_KERNEL);
	ssize_t err = count;

	if (!copy)
		return -ENOMEM;
	if (copy_from_user(copy, buf, count)) /* expect: lin-user-size-unbounded "256 bytes" */
		err = -EFAULT;
	kfree(copy);
	return err;
}

static const struct file_operations board_fops = {
	.owner = THIS_MODULE,
	.read = board_read,
	.write = board_write,
	.unlocked_ioctl = board_ioctl,
};

static const struct file_operations board_text_fops = {
	.owner = THIS_MODULE,
	.write = board_write_text,
};

static const struct file_operations board_scratch_fops = {
	.owner = THIS_MODULE,
	.write = board_write_scratch,
};

static const struct file_operations board_copy_fops = {
	.owner = THIS_MODULE,
	.write = board_write_copy,
};

static const struct file_operations *const board_tables[] = { &board_fops, &board_text_fops, &board_scratch_fops,
							      &board_copy_fops };

int board_setup(void);
int board_setup(void)
{
	board.scratch = kmalloc(100, GFP_KERNEL);
	return board.scratch ? (int)ARRAY_SIZE(board_tables) : -ENOMEM;
}
