/* Arguments in the wrong order. */
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

	if (copy_to_user(&b, user, sizeof(b))) /* expect: lin-user-arg-space */
		return -EFAULT;
	return 0;
}

/* trap: lin-user-arg-space bare-helper */
int badge_set(const void __user *user)
{
	struct badge b;

	memset(&b, 0, sizeof(b));
	if (copy_from_user((void *)user, &b, sizeof(b))) /* expect: lin-user-arg-space "user" */
		return -EFAULT;
	return b.id;
}

int badge_clear(int n)
{
	char *buf = kzalloc(n, GFP_KERNEL);
	int err = 0;

	if (!buf) /* note: lin-user-arg-space "`buf` is not NULL" */
		return -ENOMEM;
	if (clear_user(buf, n)) /* expect: lin-user-arg-space "buf" */
		err = -EFAULT;
	kfree(buf);
	return err;
}

/* trap: lin-user-arg-space integer-address */
int badge_id(int __user *user)
{
	int id = 3;

	if (put_user(id, &id)) /* expect: lin-user-arg-space "id" */
		return -EFAULT;
	return id;
}

int badge_load(const char __user *user)
{
	struct badge local, *b = &local;

	if (strncpy_from_user(b->owner, b->owner, sizeof(b->owner)) < 0) /* expect: lin-user-arg-space "owner" */
		return -EFAULT;
	return 0;
}
