/* Lengths and indices from user space that are limited before they are used. */
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/kfifo.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/nospec.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define PANEL_SIZE 256
#define PANEL_ROWS 8

struct panel {
	char data[PANEL_SIZE];
	size_t used;
	char *page;
	int level[PANEL_ROWS];
	u8 map[256];
};

struct panel_request {
	int row;
	unsigned int length;
	int value;
	char text[32];
};

static struct panel panel;

/* trap: lin-user-size-unbounded limited-by-min */
static ssize_t panel_write(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char line[64];
	size_t n = min(count, sizeof(line) - 1);

	if (copy_from_user(line, buf, n))
		return -EFAULT;
	line[n] = '\0';
	return count;
}

static ssize_t panel_write_min_t(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char line[64];
	int n = min_t(int, count, sizeof(line));

	if (copy_from_user(line, buf, n))
		return -EFAULT;
	n = clamp_t(int, count, 0, 32);
	memcpy(panel.data, line, n);
	return count;
}

/* trap: lin-user-size-unbounded limited-by-test */
static ssize_t panel_read(struct file *file, char __user *buf, size_t count, loff_t *off)
{
	if (*off >= PANEL_SIZE)
		return 0;
	if (count > PANEL_SIZE - *off)
		count = PANEL_SIZE - *off;
	if (copy_to_user(buf, panel.data + *off, count))
		return -EFAULT;
	*off += count;
	return count;
}

static ssize_t panel_read_used(struct file *file, char __user *buf, size_t count, loff_t *off)
{
	if (*off + count > panel.used)
		return -EINVAL;
	if (copy_to_user(buf, &panel.data[*off], count))
		return -EFAULT;
	return count;
}

static bool panel_fits(size_t count)
{
	return count <= PANEL_SIZE;
}

static int panel_check(const struct panel_request *req)
{
	if (req->row < 0 || req->row >= PANEL_ROWS)
		return -EINVAL;
	if (req->length > panel.used)
		return -EINVAL;
	return 0;
}

static ssize_t panel_write_checked(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	if (!panel_fits(count))
		return -EINVAL;
	if (copy_from_user(panel.data, buf, count))
		return -EFAULT;
	return count;
}

/* trap: lin-user-size-unbounded checked-by-caller */
static int panel_fill(struct panel *p, const void __user *from, size_t length)
{
	if (copy_from_user(p->data, from, length))
		return -EFAULT;
	return 0;
}

static ssize_t panel_write_fill(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	if (count > PANEL_SIZE)
		return -E2BIG;
	return panel_fill(&panel, buf, count) ? -EFAULT : (ssize_t)count;
}

/* trap: lin-user-size-unbounded allocated-for-it */
static ssize_t panel_write_copy(struct file *file, const char __user *buf, size_t count, loff_t *off)
{
	char *copy;

	if (!count)
		return 0;
	copy = kmalloc(count + 1, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	if (copy_from_user(copy, buf, count)) {
		kfree(copy);
		return -EFAULT;
	}
	copy[count] = '\0';
	panel.level[0] = copy[0];
	kfree(copy);
	return count;
}

static int panel_get_request(struct panel_request *req, unsigned long arg)
{
	if (copy_from_user(req, (void __user *)arg, sizeof(*req)))
		return -EFAULT;
	return req->row < 0 || req->row >= PANEL_ROWS ? -EINVAL : 0;
}

static long panel_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct panel_request req, *copy;
	unsigned int index;
	int row;
	u8 small;

	switch (cmd) {
	case 1:
		/* trap: lin-user-size-unbounded whole-struct */
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		if (panel_check(&req))
			return -EINVAL;
		panel.level[req.row] = req.value;
		memcpy(panel.data, req.text, req.length);
		return 0;
	case 2:
		if (get_user(index, (unsigned int __user *)arg))
			return -EFAULT;
		if (index >= PANEL_ROWS)
			return -EINVAL;
		index = array_index_nospec(index, PANEL_ROWS);
		return panel.level[index];
	case 3:
		/* An int compared with a size_t: a negative one is huge. */
		if (get_user(row, (int __user *)arg))
			return -EFAULT;
		if (row >= ARRAY_SIZE(panel.level))
			return -EINVAL;
		return panel.level[row];
	case 4:
		if (get_user(small, (u8 __user *)arg))
			return -EFAULT;
		return panel.map[small] + panel.level[small % PANEL_ROWS] + panel.level[small & 7];
	case 5:
		if (get_user(row, (int __user *)arg))
			return -EFAULT;
		switch (row) {
		case 0 ... 3:
			return panel.level[row];
		default:
			return -EINVAL;
		}
	case 6:
		copy = memdup_user((void __user *)arg, sizeof(*copy));
		if (IS_ERR(copy))
			return PTR_ERR(copy);
		row = copy->length > sizeof(panel.data) ? -EINVAL : 0;
		if (!row)
			memcpy(panel.data, copy->text, min_t(size_t, copy->length, sizeof(copy->text)));
		kfree(copy);
		return row;
	case 7:
		if (panel_get_request(&req, arg))
			return -EINVAL;
		return panel.level[req.row];
	case 8:
		if (copy_from_user(&req, (void __user *)arg, sizeof(req)))
			return -EFAULT;
		for (row = 0; row < req.length; row++) {
			if (row >= PANEL_ROWS)
				break;
			panel.level[row] = req.value;
		}
		if (req.length > PANEL_ROWS)
			return -EINVAL;
		for (index = 0; index < req.length; index++)
			panel.level[index] = 0;
		for (index = 0; index < min_t(u32, req.value, PANEL_ROWS); index++)
			panel.level[index] = 1;
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations panel_fops[] = {
	{ .owner = THIS_MODULE, .read = panel_read, .write = panel_write, .unlocked_ioctl = panel_ioctl },
	{ .owner = THIS_MODULE, .read = panel_read_used, .write = panel_write_min_t },
	{ .owner = THIS_MODULE, .write = panel_write_checked },
	{ .owner = THIS_MODULE, .write = panel_write_fill },
	{ .owner = THIS_MODULE, .write = panel_write_copy },
};

int panel_setup(void);
int panel_setup(void)
{
	panel.page = (char *)get_zeroed_page(GFP_KERNEL);
	return panel.page ? (int)ARRAY_SIZE(panel_fops) : -ENOMEM;
}
