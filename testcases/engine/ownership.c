// SPDX-License-Identifier: GPL-2.0
/* Memory stops being this function's when it is stored, returned or handed on. */
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct part {
	struct list_head link;
	char *text;
};

static LIST_HEAD(parts);
static struct part *current_part;

int take_over(struct part *p);

static void read_only_helper(const struct part *p)
{
	pr_info("%s\n", p->text);
}

static void freeing_helper(struct part *p)
{
	kfree(p->text);
	kfree(p);
}

int in_private_data(struct inode *inode, struct file *file)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	file->private_data = p;
	return 0;
}

struct part *returned(void)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	p->text = kstrdup("x", GFP_KERNEL);
	if (!p->text) {
		kfree(p);
		return NULL;
	}
	return p;
}

struct part *inner_forgotten(bool fail)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	p->text = kstrdup("x", GFP_KERNEL); /* note: lin-mem-leak "p->text" */
	if (!p->text) {
		kfree(p);
		return NULL;
	}
	if (fail) {
		kfree(p);
		return NULL; /* expect: lin-mem-leak "p->text" */
	}
	return p;
}

int on_a_list(void)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	list_add(&p->link, &parts);
	return 0;
}

int in_a_global(bool keep)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL); /* note: lin-mem-leak "p" */

	if (!p)
		return -ENOMEM;
	if (!keep)
		return -EINVAL; /* expect: lin-mem-leak "p" */
	current_part = p;
	return 0;
}

int unknown_callee_may_keep_it(void)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	return take_over(p);
}

int known_helper_does_not(void)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL); /* note: lin-mem-leak "p" */

	if (!p)
		return -ENOMEM;
	read_only_helper(p);
	return 0; /* expect: lin-mem-leak "p" */
}

int known_helper_frees_it(void)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	freeing_helper(p);
	return 0;
}

int through_an_out_parameter(struct part **out)
{
	struct part *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	*out = p;
	return 0;
}
