/* The user pointer where the user pointer belongs. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct badge {
	int id;
	char owner[28];
};

int badge_get(void __user *user)
{
	struct badge b = {.id = 7};

	if (copy_to_user(user, &b, sizeof(b))) /* ok: lin-user-arg-space */
		return -EFAULT;
	return 0;
}

int badge_set(const void __user *user)
{
	struct badge b;

	if (copy_from_user(&b, user, sizeof(b))) /* ok: lin-user-arg-space */
		return -EFAULT;
	return b.id;
}

int badge_id(int __user *user)
{
	int id = 3;

	return put_user(id, user); /* ok: lin-user-arg-space */
}

/* Trap: an integer that holds a user address. */
/* trap: lin-user-arg-space integer-address */
long badge_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	int id;

	if (get_user(id, (int __user *)arg)) /* ok: lin-user-arg-space */
		return -EFAULT;
	return id;
}

/* Trap: a helper whose parameters carry no annotation. */
/* trap: lin-user-arg-space bare-helper */
static int badge_copy(void *to, const void *from, size_t n)
{
	return copy_to_user((void __user *)to, from, n) ? -EFAULT : 0; /* ok: lin-user-arg-space */
}

static int badge_fetch(struct badge *b, void *from)
{
	if (copy_from_user(b, from, sizeof(*b))) /* ok: lin-user-arg-space */
		return -EFAULT;
	return 0;
}

int badge_swap(void __user *user)
{
	struct badge b;

	if (badge_fetch(&b, (void __force *)user))
		return -EFAULT;
	b.id++;
	return badge_copy((void __force *)user, &b, sizeof(b));
}
