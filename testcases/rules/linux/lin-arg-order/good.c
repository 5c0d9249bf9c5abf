/* Arguments in order. */
#include <linux/atomic.h>
#include <linux/io.h>
#include <linux/list.h>
#include <linux/types.h>

#define CRATE_PORT 0x64
#define CRATE_MIRROR_PORT 0x66
#define CRATE_CMD 0xd1

struct crate {
	struct list_head link, parts;
	atomic_t users;
};

static LIST_HEAD(crates);

/* trap: lin-arg-order both-members */
void crate_add(struct crate *c, struct crate *part)
{
	list_add(&c->link, &crates);
	list_add_tail(&part->link, &c->parts);
	list_add(&c->parts, &part->link);
	atomic_add(2, &c->users);
}

/* All at once: the list moves to the caller's. */
void crate_move(struct list_head *to)
{
	list_add(to, &crates);
	list_del_init(&crates);
}

/* trap: lin-arg-order port-in-both */
void crate_command(int base)
{
	outb(CRATE_CMD, CRATE_PORT);
	outb(CRATE_PORT, CRATE_MIRROR_PORT);
	outb(CRATE_PORT, base + CRATE_MIRROR_PORT);
}

/* trap: lin-arg-order byte-value */
void crate_send(int port, u8 small_port)
{
	outb(0xff, port);
	outb(1, small_port);
	outw(0xffff, port);
	outb(~CRATE_CMD, port);
}
