/* Known gaps. */
#include <linux/errno.h>
#include <linux/slab.h>

/* Every round forgets the buffer of the round before: the older ones have no name any more. */
int crate_rounds(int rounds)
{
	void *buf = NULL;
	int i;

	for (i = 0; i < rounds; i++)
		buf = kzalloc(64, GFP_KERNEL);
	kfree(buf);
	return 0; /* todo-expect: lin-mem-leak "buf" */
}

/* What ?: gives is taken for an answer that tells whether there is anything to free. */
int crate_choose(int mode, int boards)
{
	void *buf = NULL, *lid;

	if (mode ? boards > 2 : !boards) {
		buf = kzalloc(64, GFP_KERNEL);
		if (!buf)
			return -ENOMEM;
	}
	lid = kzalloc(8, GFP_KERNEL);
	if (!lid)
		boards = -ENOMEM;
	else if ((mode ? boards > 2 : !boards) != 0)
		kfree(buf);
	kfree(lid);
	return boards; /* todo-expect: lin-mem-leak "buf" */
}
