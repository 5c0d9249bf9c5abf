/* What a helper keeps, where it keeps it, and what the caller still has to do with it. */
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/string.h>

struct crew {
	struct list_head members;
	char *motto;
};

struct sailor {
	struct list_head link;
	int rank;
};

/* On the list, and returned: the list is the owner. */
static struct sailor *crew_add(struct crew *c, int rank)
{
	struct sailor *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return NULL;
	s->rank = rank;
	list_add_tail(&s->link, &c->members);
	return s;
}

int crew_muster(struct crew *c)
{
	if (!crew_add(c, 1))
		return -ENOMEM;
	return 0; /* ok: lin-mem-leak */
}

/* What is stored points into the copy. */
int crew_motto(struct crew *c, const char *text)
{
	char *copy = kstrdup(text, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	kfree(c->motto);
	c->motto = strim(copy);
	return 0; /* ok: lin-mem-leak */
}
