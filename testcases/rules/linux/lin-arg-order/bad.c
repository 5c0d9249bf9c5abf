/* Arguments swapped. */
#include <linux/atomic.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/types.h>

#define CRATE_PORT 0x64
#define CRATE_CMD 0xd1

struct crate {
	struct list_head link, parts;
	atomic_t users;
};

static LIST_HEAD(crates);

/* trap: lin-arg-order both-members */
void crate_add(struct crate *c)
{
	list_add(&crates, &c->link); /* expect: lin-arg-order "crates" */ /* note: lin-arg-order "list_add adds the list crates to an" */
}

void crate_append(struct crate *c)
{
	list_add_tail(&crates, &c->link); /* expect: lin-arg-order "list_add_tail" */
}

/* trap: lin-arg-order port-in-both */
void crate_command(int command)
{
	outb(CRATE_PORT, command); /* expect: lin-arg-order "CRATE_PORT" */
}

/* trap: lin-arg-order byte-value */
void crate_send(u8 command)
{
	outb(0x64, command); /* expect: lin-arg-order "a port whose number is a byte" */
}

void crate_send_far(int command)
{
	outb(0x3f8, command);  /* expect: lin-arg-order "more than a byte" */
	outw(0x10000, command); /* expect: lin-arg-order "more than 16 bits" */
}

static atomic_t crate_users;

void crate_use(void)
{
	atomic_add(&crate_users, 1); /* expect: lin-arg-order "atomic_add" */
}
