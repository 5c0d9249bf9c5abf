// SPDX-License-Identifier: GPL-2.0
/* Known false alarms and misses, met in mainline drivers. */
#include <linux/interrupt.h>
#include <linux/slab.h>

struct block {
	struct block *next;
	dma_addr_t dma;
};

struct request_queue_of_blocks {
	struct block *head;
	int count;
	int irq[4];
};

irqreturn_t on_irq(int irq, void *data);

/* `j == count - 1` in one round means that there is no next one; the engine does
 * not relate two variables across the join at the loop's head. */
void last_round(struct request_queue_of_blocks *q)
{
	struct block *now, *next = q->head;
	int j;

	for (j = 0; j < q->count; j++) {
		now = next;
		if (j != q->count - 1)
			next = now->next; /* todo-ok: lin-use-after-free */
		kfree(now); /* todo-ok: lin-use-after-free */
	}
}

/* Resources of earlier rounds of a loop are dropped: they cannot be told from
 * those that an undo loop releases. */
int earlier_rounds(struct request_queue_of_blocks *q)
{
	int i, err;

	for (i = 0; i < 4; i++) {
		err = request_irq(q->irq[i], on_irq, 0, "blocks", &q->irq[i]);
		if (err)
			return err; /* todo-expect: lin-irq-leak */
	}
	return 0;
}
