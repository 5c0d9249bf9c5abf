/* Used before the driver's own destructor. */
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
	int id = t->id;

	token_free(t);
	return id; /* ok: lin-use-after-free */
}

static int token_print(struct token *t)
{
	return t->id + t->text[0];
}

int token_log(struct token *t)
{
	int id = token_print(t); /* ok: lin-use-after-free */

	kfree(t->text);
	t->text = NULL;
	return id;
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
		return err; /* ok: lin-use-after-free */
	t->id = 1; /* ok: lin-use-after-free */
	return err;
}

void token_twice(struct token *t, bool last)
{
	if (last)
		token_free(t);
	else
		kfree(t); /* ok: lin-use-after-free */
}

/* Trap: the helper takes it off the list, so that the next one is another. */
struct ticket {
	struct list_head list;
	int id;
};

static LIST_HEAD(tickets);

static void ticket_destroy(struct ticket *t)
{
	list_del(&t->list);
	kfree(t);
}

int ticket_clear(void)
{
	struct ticket *t;
	int sum = 0;

	while (!list_empty(&tickets)) {
		t = list_entry(tickets.next, struct ticket, list);
		sum += t->id; /* ok: lin-use-after-free */
		ticket_destroy(t);
	}
	return sum;
}
