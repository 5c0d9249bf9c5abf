/* Memory used, or freed again, after it was freed. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>

struct token {
	struct list_head link;
	char *text;
	int id, uses;
};

void token_drop(struct token *t)
{
	kfree(t); /* note: lin-use-after-free "t" */
	list_del(&t->link); /* expect: lin-use-after-free "t" */
}

int token_retire(struct token *t, bool verbose)
{
	if (t->uses == 0) {
		kfree(t->text);
		kfree(t); /* note: lin-use-after-free "t" */
	}
	if (verbose && t->uses == 0) /* expect: lin-use-after-free "t" */
		return 1;
	return 0;
}

/* Freed on the way to the label, and by the label. */
/* trap: lin-use-after-free set-to-null */
int token_parse(const char *text)
{
	struct token *t = kzalloc(sizeof(*t), GFP_KERNEL);
	int err = 0;

	if (!t)
		return -ENOMEM;
	if (!*text) {
		kfree(t); /* note: lin-use-after-free "t" */
		err = -EINVAL;
		goto out;
	}
	t->id = strlen(text);
out:
	kfree(t); /* expect: lin-use-after-free "t" */
	return err;
}

/* The second name of the same memory. */
/* trap: lin-use-after-free address-only */
int token_alias(int id)
{
	struct token *t = kzalloc(sizeof(*t), GFP_KERNEL), *same = t;

	if (!t)
		return -ENOMEM;
	t->id = id;
	kfree(t); /* note: lin-use-after-free "t" */
	return same->id; /* expect: lin-use-after-free "t" */
}

/* trap: lin-use-after-free reassigned */
int token_pages(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	__free_page(page); /* note: lin-use-after-free "page" */
	__free_page(page); /* expect: lin-use-after-free "page" */
	return 0;
}

unsigned int token_send(struct sk_buff *skb)
{
	if (skb->len < 14) {
		kfree_skb(skb); /* note: lin-use-after-free "skb" */
		return skb->len; /* expect: lin-use-after-free "skb" */
	}
	return 0;
}

/* The old block is gone once krealloc has moved it. */
char *token_append(char *text, size_t n, char c)
{
	char *bigger = krealloc(text, n + 1, GFP_KERNEL); /* note: lin-use-after-free "text" */

	if (!bigger)
		return NULL;
	bigger[n] = c;
	if (text[0] == '#') /* expect: lin-use-after-free "text" */
		bigger[0] = ' ';
	return bigger;
}

/* trap: lin-use-after-free member-freed */
void token_copy(struct token *t, char *out)
{
	char *text = t->text;

	kfree(text); /* note: lin-use-after-free "text" */
	strscpy(out, text, 16); /* expect: lin-use-after-free "text" */
	t->text = NULL;
}

/* The stack may have freed the packet already. */
void token_received(struct net_device *dev, struct sk_buff *skb)
{
	netif_rx(skb); /* note: lin-use-after-free "skb" */
	dev->stats.rx_bytes += skb->len; /* expect: lin-use-after-free "skb" */
}

/* The walk reads the pointer of what it has just freed. */
struct token_chain {
	struct token_chain *next;
	int id;
};

/* trap: lin-use-after-free saved-next */
void token_free_all(struct token_chain *first)
{
	struct token_chain *t;

	for (t = first; t; t = t->next) /* expect: lin-use-after-free "t" */
		kfree(t); /* note: lin-use-after-free "t" */
}
