#include <linux/uaccess.h>
#include "tape.h"

int tape_give(struct tape *t)
{
	return copy_to_user(t->buf, t->block, sizeof(t->block)) ? -EFAULT : 0; /* ok: lin-user-wrong-context */
}

void tape_advance(struct tape *t)
{
	t->block[0]++;
}
