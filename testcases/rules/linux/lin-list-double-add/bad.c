/* Entries on two lists. */
#include <linux/list.h>

struct ticket {
	struct list_head link, urgent;
	int expired;
};

struct office {
	struct list_head tickets, done, urgent;
};

void office_finish(struct office *o, struct ticket *t)
{
	list_add(&t->link, &o->tickets); /* note: lin-list-double-add "t->link is put on a list here" */
	if (t->expired)
		list_add(&t->link, &o->done); /* expect: lin-list-double-add "t->link is put on a list here while" */
}

void office_drop(struct ticket *t)
{
	list_del(&t->link); /* note: lin-list-double-add "removed" */
	if (t->expired)
		list_del(&t->link); /* expect: lin-list-double-add "a second time" */
}

/* trap: lin-list-double-add other-member */
void office_urge(struct office *o, struct ticket *t)
{
	list_add(&t->urgent, &o->urgent);
	list_add_tail(&t->urgent, &o->tickets); /* expect: lin-list-double-add "t->urgent" */
}

/* trap: lin-list-double-add del-init-between
 * What list_del leaves must not be removed again. */
void office_forget(struct office *o, struct ticket *t)
{
	list_del(&t->link);
	list_del_init(&t->link); /* expect: lin-list-double-add "t->link" */
	list_add(&t->link, &o->done);
}
