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
