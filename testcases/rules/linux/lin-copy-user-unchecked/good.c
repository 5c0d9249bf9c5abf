/* Tested, counted, collected or waived. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct panel_mode {
	int width, height;
};

struct panel {
	struct panel_mode mode, saved;
	char text[256];
};

int panel_set(struct panel *p, const struct panel_mode __user *arg)
{
	struct panel_mode mode;

	if (copy_from_user(&mode, arg, sizeof(mode))) /* ok: lin-copy-user-unchecked */
		return -EFAULT;
	p->mode = mode;
	return 0;
}

int panel_save(struct panel *p, const void __user *arg)
{
	unsigned long left;

	left = copy_from_user(&p->saved, arg, sizeof(p->saved)); /* ok: lin-copy-user-unchecked */
	if (left != 0)
		return -EFAULT;
	return 0;
}

/* Trap: the residue counts. */
/* trap: lin-copy-user-unchecked arithmetic */
ssize_t panel_read(struct panel *p, char __user *buf, size_t n)
{
	size_t left;

	if (n > sizeof(p->text))
		n = sizeof(p->text);
	left = copy_to_user(buf, p->text, n); /* ok: lin-copy-user-unchecked */
	return n - left;
}

/* Trap: collected and tested once. */
/* trap: lin-copy-user-unchecked collected */
int panel_both(struct panel *p, const void __user *a, const void __user *b)
{
	unsigned long left = 0;

	left |= copy_from_user(&p->mode, a, sizeof(p->mode)); /* ok: lin-copy-user-unchecked */
	left |= copy_from_user(&p->saved, b, sizeof(p->saved)); /* ok: lin-copy-user-unchecked */
	return left ? -EFAULT : 0;
}

/* Trap: waived on purpose. */
/* trap: lin-copy-user-unchecked void-cast */
void panel_hint(const struct panel *p, void __user *hint)
{
	(void)copy_to_user(hint, &p->mode, sizeof(p->mode)); /* ok: lin-copy-user-unchecked */
}

/* Trap: the operand of a condition. */
int panel_exchange(struct panel *p, void __user *arg)
{
	if (copy_to_user(arg, &p->saved, sizeof(p->saved)) || /* ok: lin-copy-user-unchecked */
	    copy_from_user(&p->mode, arg, sizeof(p->mode))) /* ok: lin-copy-user-unchecked */
		return -EFAULT;
	return 0;
}

int panel_title(char *title, const char __user *from)
{
	long n = strncpy_from_user(title, from, 32); /* ok: lin-copy-user-unchecked */

	return n < 0 ? n : n == 32 ? -ENAMETOOLONG : 0;
}
