/* Bytes that nobody wrote go to user space. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct sample {
	int id;
	char flag;
	long value;
};

struct header {
	int kind, length, sequence;
};

int sample_get(void __user *arg, int id)
{
	struct header h;

	h.kind = 1;
	h.length = sizeof(h);
	if (copy_to_user(arg, &h, sizeof(h))) /* expect: lin-user-infoleak "h" */
		return -EFAULT;
	return id;
}

/* Every field is written, the bytes between them are not. */
/* trap: lin-user-infoleak no-padding */
int sample_padded(void __user *arg, int id)
{
	struct sample s;

	s.id = id;
	s.flag = 1;
	s.value = id * 2L;
	return copy_to_user(arg, &s, sizeof(s)) ? -EFAULT : 0; /* expect: lin-user-infoleak "s" */
}

/* trap: lin-user-infoleak filled-by-copy */
int sample_heap(void __user *arg, size_t n)
{
	int *buf, err = 0;

	buf = kmalloc(n, GFP_KERNEL); /* note: lin-user-infoleak "kmalloc" */
	if (!buf)
		return -ENOMEM;
	if (copy_to_user(arg, buf, n)) /* expect: lin-user-infoleak "buf" */
		err = -EFAULT;
	kfree(buf);
	return err;
}

/* trap: lin-user-infoleak filled-part */
int sample_text(char __user *arg, int id)
{
	char text[64];

	if (id < 0)
		return -EINVAL;
	if (copy_to_user(arg, text, sizeof(text))) /* expect: lin-user-infoleak "text" */
		return -EFAULT;
	return 2;
}

/* Two characters, and the rest as it was. */
int sample_digit(char __user *arg, int id)
{
	char text[64];

	text[0] = '0' + id;
	text[1] = '\0';
	if (copy_to_user(arg, text, sizeof(text))) /* expect: lin-user-infoleak "text" */
		return -EFAULT;
	return 2;
}
