/* Known gaps. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/usb.h>

struct token {
	int id;
	char *text;
};

static struct token *tokens[4];

/* The test of an element of a static array outlives the round, and so its member of the round before. */
void token_texts(void)
{
	int i;

	for (i = 0; i < 4; i++)
		if (tokens[i])
			kfree(tokens[i]->text); /* ok: lin-use-after-free */
}

/* A freed string is read by the %s. */
void token_print(char *text)
{
	kfree(text);
	pr_info("freed %s\n", text); /* todo-expect: lin-use-after-free "text" */
}
