#include <linux/uaccess.h>
#include "tape.h"

int tape_give(struct tape *t)
{
	return copy_to_user(t->buf, t->block, sizeof(t->block)) ? -EFAULT : 0; /* expect: lin-user-wrong-context "copy_to_user" */
}

void tape_advance(struct tape *t)
{
	t->block[0]++;
}
