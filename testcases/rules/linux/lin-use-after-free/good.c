/* The free is the last thing that happens to the memory. */
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
	struct token *next;
	char *text;
	int id, uses;
};

void token_drop(struct token *t)
{
	list_del(&t->link); /* ok: lin-use-after-free */
	kfree(t);
}

int token_retire(struct token *t)
{
	int uses = t->uses;

	if (uses == 0) {
		kfree(t->text);
		kfree(t);
	}
	return uses; /* ok: lin-use-after-free */
}

int token_parse(const char *text)
{
	struct token *t = kzalloc(sizeof(*t), GFP_KERNEL);
	int err = 0;

	if (!t)
		return -ENOMEM;
	if (!*text) {
		err = -EINVAL;
		goto out;
	}
	t->id = strlen(text);
out:
	kfree(t); /* ok: lin-use-after-free */
	return err;
}

/* Trap: set to NULL, which kfree ignores. */
/* trap: lin-use-after-free set-to-null */
void token_reset(struct token *t)
{
	kfree(t->text);
	t->text = NULL;
	kfree(t->text); /* ok: lin-use-after-free */
}

/* Trap: the variable holds another block by then. */
/* trap: lin-use-after-free reassigned */
int token_twice(int n)
{
	char *buf = kmalloc(n, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	buf[0] = 1;
	kfree(buf);
	buf = kmalloc(2 * n, GFP_KERNEL);
	if (!buf)
		return -ENOMEM;
	buf[0] = 2; /* ok: lin-use-after-free */
	kfree(buf); /* ok: lin-use-after-free */
	return 0;
}

/* Trap: a member is freed, not the object. */
/* trap: lin-use-after-free member-freed */
int token_strip(struct token *t)
{
	kfree(t->text);
	t->text = NULL;
	return t->id; /* ok: lin-use-after-free */
}

/* Trap: a list freed while it is walked, the next pointer read beforehand. */
/* trap: lin-use-after-free saved-next */
void token_free_all(struct token *first)
{
	struct token *t, *next;

	for (t = first; t; t = next) {
		next = t->next; /* ok: lin-use-after-free */
		kfree(t);
	}
}

void token_flush(struct list_head *head)
{
	struct token *t, *next;

	list_for_each_entry_safe(t, next, head, link) { /* ok: lin-use-after-free */
		list_del(&t->link);
		kfree(t);
	}
}

void token_pop_all(struct list_head *head)
{
	struct token *t;

	while (!list_empty(head)) {
		t = list_first_entry(head, struct token, link);
		list_del(&t->link); /* ok: lin-use-after-free */
		kfree(t);
	}
}

/* Trap: only the address is looked at. */
/* trap: lin-use-after-free address-only */
bool token_is_first(struct token *t, struct list_head *head)
{
	bool first = &t->link == head->next;
	struct token *old = t;

	kfree(t);
	pr_debug("freed %p\n", old); /* ok: lin-use-after-free */
	return first && old != NULL; /* ok: lin-use-after-free */
}

/* Trap: a failed krealloc leaves the old block alone. */
char *token_append(char *text, size_t n, char c)
{
	char *bigger = krealloc(text, n + 1, GFP_KERNEL);

	if (!bigger) {
		text[0] = 0; /* ok: lin-use-after-free */
		return text;
	}
	bigger[n] = c;
	return bigger;
}

/* Trap: freed only on the path that leaves. */
int token_check(struct token *t)
{
	if (t->id < 0) {
		kfree(t);
		return -EINVAL;
	}
	return t->id; /* ok: lin-use-after-free */
}

/* Trap: another reference keeps it. */
unsigned int token_share(struct sk_buff *skb)
{
	struct sk_buff *mine = skb_get(skb);

	kfree_skb(skb);
	return mine->len; /* ok: lin-use-after-free */
}

void token_counted(struct net_device *dev, struct sk_buff *skb)
{
	unsigned int len = skb->len;

	netif_rx(skb);
	dev->stats.rx_bytes += len;
}

int token_shared(struct sk_buff *skb)
{
	skb_get(skb);
	netif_rx(skb);
	skb->priority = 1;
	kfree_skb(skb);
	return 0;
}
