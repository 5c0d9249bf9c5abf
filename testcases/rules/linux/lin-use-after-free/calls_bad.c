/* Used after the driver's own destructor. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>

struct token {
	char *text;
	int id;
};

static void token_free(struct token *t)
{
	kfree(t->text);
	kfree(t);
}

int token_drop(struct token *t)
{
	token_free(t); /* note: lin-use-after-free "token_free" */
	return t->id; /* expect: lin-use-after-free "t" */
}

static int token_print(struct token *t)
{
	return t->id + t->text[0];
}

int token_log(struct token *t)
{
	kfree(t->text);
	t->id = token_print(t); /* expect: lin-use-after-free "t->text" */
	t->text = NULL;
	return t->id;
}

/* Freed only when it fails. */
static int token_fill(struct token *t)
{
	t->text = kzalloc(8, GFP_KERNEL);
	if (!t->text) {
		kfree(t);
		return -ENOMEM;
	}
	return 0;
}

int token_make(struct token *t)
{
	int err = token_fill(t);

	if (err)
		t->id = 0; /* expect: lin-use-after-free "t" */
	return err;
}

void token_twice(struct token *t, bool last)
{
	if (last)
		token_free(t);
	kfree(t); /* expect: lin-use-after-free "t" */
}
