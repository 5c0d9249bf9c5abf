/* Known gaps. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

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

/* All rounds' boards have one name: the shelf may keep it, from the round before, where this round's is left. */
struct shelf {
	void *board;
};

int shelf_fill(struct shelf *shelf, int width)
{
	void *board;
	int i;

	for (i = 0; i < 2; i++) {
		board = kzalloc(64, GFP_KERNEL);
		if (!board)
			return -ENOMEM;
		if (shelf->board) {
			if (width < 0)
				return 0; /* todo-expect: lin-mem-leak "board" */
			kfree(shelf->board);
		}
		shelf->board = board;
	}
	return 0;
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

/* Kept for 7 and for all that is not above 1: together any value, so that nothing is known of a helper that frees for the others. */
struct sieve {
	int mesh, grains;
};

static void sieve_clear(struct sieve *sieve, int reason)
{
	if (reason == 7)
		return;
	if (reason > 1)
		kfree(sieve);
}

int sieve_empty(int mesh)
{
	struct sieve *sieve = kzalloc(sizeof(*sieve), GFP_KERNEL);

	if (!sieve)
		return -ENOMEM;
	if (mesh > 64) {
		sieve_clear(sieve, 7);
		return -EINVAL; /* todo-expect: lin-mem-leak "sieve" */
	}
	sieve_clear(sieve, 8);
	return 0;
}
