/* Copies whose result nobody looks at. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct panel_mode {
	int width, height;
};

struct panel {
	struct panel_mode mode, saved;
	int lines;
};

/* trap: lin-copy-user-unchecked void-cast */
int panel_set(struct panel *p, const struct panel_mode __user *arg)
{
	struct panel_mode mode = {0, 0};

	copy_from_user(&mode, arg, sizeof(mode)); /* expect: lin-copy-user-unchecked "copy_from_user" */ /* note: lin-copy-user-unchecked "nothing looks at the result of" */
	p->mode = mode;
	return 0;
}

long panel_ioctl(struct panel *p, unsigned int cmd, void __user *arg)
{
	switch (cmd) {
	case 1:
		copy_to_user(arg, &p->mode, sizeof(p->mode)); /* expect: lin-copy-user-unchecked "copy_to_user" */
		break;
	case 2:
		if (clear_user(arg, 4))
			return -EFAULT;
		break;
	case 3:
		clear_user(arg, 16); /* expect: lin-copy-user-unchecked "clear_user" */
		return 0;
	default:
		return -ENOTTY;
	}
	return 0;
}

/* Stored, never read. */
/* trap: lin-copy-user-unchecked arithmetic */
int panel_save(struct panel *p, const void __user *arg)
{
	unsigned long left;

	left = copy_from_user(&p->saved, arg, sizeof(p->saved)); /* expect: lin-copy-user-unchecked "copy_from_user" */
	p->lines = p->saved.height;
	return 0;
}

int panel_fill(struct panel *modes, const struct panel_mode __user *arg, int n)
{
	int i;

	for (i = 0; i < n; i++)
		__copy_from_user(&modes[i].mode, &arg[i], sizeof(*arg)); /* expect: lin-copy-user-unchecked "__copy_from_user" */
	return n;
}

int panel_title(char *title, const char __user *from)
{
	title[0] = 0;
	strncpy_from_user(title, from, 32); /* expect: lin-copy-user-unchecked "strncpy_from_user" */
	title[31] = 0;
	return 0;
}

/* Overwritten by the next one. */
/* trap: lin-copy-user-unchecked collected */
int panel_both(struct panel *p, const void __user *a, const void __user *b)
{
	int left;

	left = copy_from_user(&p->mode, a, sizeof(p->mode)); /* expect: lin-copy-user-unchecked "copy_from_user" */
	left = copy_from_user(&p->saved, b, sizeof(p->saved));
	return left ? -EFAULT : 0;
}
