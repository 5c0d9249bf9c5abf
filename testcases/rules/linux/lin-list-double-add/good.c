/* One list at a time for each list_head. */
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
	list_add(&t->link, &o->tickets);
	if (t->expired)
		list_move(&t->link, &o->done);
}

/* trap: lin-list-double-add other-member */
void office_urge(struct office *o, struct ticket *t)
{
	list_add(&t->link, &o->tickets);
	list_add(&t->urgent, &o->urgent);
}

/* trap: lin-list-double-add del-init-between */
void office_again(struct office *o, struct ticket *t)
{
	list_add(&t->link, &o->tickets);
	list_del_init(&t->link);
	list_del_init(&t->link);
	list_add(&t->link, &o->done);
	list_del(&t->link);
	list_add(&t->link, &o->tickets);
}
