// SPDX-License-Identifier: GPL-2.0
/* Values of an earlier iteration are not those of this one. */
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct node {
	struct list_head link;
	spinlock_t lock;
	struct node *next;
	char *data;
};

void lock_each(struct list_head *head)
{
	struct node *n;

	list_for_each_entry(n, head, link) {
		spin_lock(&n->lock);
		n->data = NULL;
		spin_unlock(&n->lock);
	}
}

void lock_array(struct node *nodes, int count)
{
	int i;

	for (i = 0; i < count; i++)
		spin_lock(&nodes[i].lock);
	for (i = count - 1; i >= 0; i--)
		spin_unlock(&nodes[i].lock);
}

void free_chain(struct node *n)
{
	while (n) {
		struct node *next = n->next;

		kfree(n->data);
		kfree(n);
		n = next;
	}
}

void free_chain_wrongly(struct node *n)
{
	while (n) {
		kfree(n);
		n = n->next; /* expect: lin-use-after-free "n" */
	}
}

int continue_keeps_lock(struct mutex *gate, int *values, int count)
{
	int i, sum = 0;

	for (i = 0; i < count; i++) {
		mutex_lock(gate); /* expect: lin-lock-double "gate" */
		if (values[i] < 0)
			continue;
		sum += values[i];
		mutex_unlock(gate);
	}
	return sum; /* the same defect: said once, above */
}

int retry(struct mutex *gate, int (*try)(void))
{
	int ret;

again:
	mutex_lock(gate);
	ret = try();
	mutex_unlock(gate);
	if (ret == -EAGAIN)
		goto again;
	return ret;
}

int allocate_each(struct node *nodes, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		nodes[i].data = kmalloc(32, GFP_KERNEL);
		if (!nodes[i].data)
			goto undo;
	}
	return 0;
undo:
	while (i--)
		kfree(nodes[i].data);
	return -ENOMEM;
}

/* Counters that run down from something unknown: what a round releases is not the next round's. */
struct gate {
	spinlock_t lock;
	unsigned long base;
};

static struct gate gates[8];
static int gate_count = 4;

void set_up(struct gate *gate)
{
	spin_lock_init(&gate->lock);
}

static void shut(struct gate *gate)
{
	spin_unlock(&gate->lock);
	kfree((void *)gate->base);
}

void shut_down(void)
{
	int i;

	for (i = gate_count - 1; i >= 0; i--)
		shut(&gates[i]);
}

void shut_given(int count)
{
	while (--count >= 0)
		shut(&gates[count]);
}

void shut_last(struct gate *gates, int count)
{
	int last = count - 1, i;

	for (i = 0; i < 3; i++) {
		spin_lock(&gates[last].lock);
		gates[last].base = 0;
		spin_unlock(&gates[last].lock);
	}
	spin_lock(&gates[last].lock);
	for (i = 0; i < 3; i++)
		spin_lock(&gates[last].lock); /* expect: lin-lock-double */
}
