/* One walk throws fragments away, the next one starts from the list anew. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct joiner {
	struct sk_buff_head frags;
	unsigned int wanted;
};

static unsigned int sequence(struct sk_buff *skb)
{
	return *(unsigned int *)skb->cb;
}

struct sk_buff *joiner_first(struct joiner *j)
{
	struct sk_buff_head *list = &j->frags;
	struct sk_buff *p, *tmp, *head = list->next, *tail = NULL;

	skb_queue_walk_safe(list, p, tmp) {
		if (sequence(p) == j->wanted) {
			tail = p;
			break;
		}
		head = p->next;
		skb_queue_reverse_walk_from_safe(list, p, tmp) {
			__skb_unlink(p, list);
			kfree_skb(p);
		}
		head = skb_peek(list);
		if (!head)
			break;
	}
	if (tail) {
		skb_queue_walk_safe(list, p, tmp) {
			if (p == head)
				break;
			__skb_unlink(p, list);
			kfree_skb(p);
		}
	}
	return tail;
}
