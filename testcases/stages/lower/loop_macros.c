/* macros: for_each_entry */
/* A macro that writes only a loop's head is no event: its steps are marked. */
struct node {
	struct node *next;
	int key;
};
#define container(ptr, type, member)                                   \
	({                                                             \
		void *inner_ = (void *)(ptr);                          \
		(type *)(inner_ - __builtin_offsetof(type, member));   \
	})
#define for_each_entry(pos, head) \
	for (pos = container((head)->next, struct node, next); &pos->next != &(head)->next; \
	     pos = container(pos->next, struct node, next))
#define for_each_safe(pos, n, head) for (pos = (head)->next, n = pos->next; pos != (head); pos = n, n = pos->next)
#define forever for (;;)
#define for_cpus(cpu) for ((cpu) = -1; (cpu) = (cpu) + 1, (cpu) < 4;)
#define repeat(n) while ((n)-- > 0)
void drop(struct node *node);

void walk(struct node *head, int key)
{
	struct node *pos, *n;
	int cpu;

	for_each_entry(pos, head) {
		if (pos->key == key)
			break;
	}
	for_each_entry(pos, head)
		for_each_safe(pos, n, head)
			drop(pos);
	forever {
		if (key--)
			break;
	}
	for_cpus(cpu)
		drop(head);
	repeat(key)
		drop(head);
}
