/* Known gap: a failed down is taken to undo an earlier one of the same semaphore. */
#include <linux/errno.h>
#include <linux/semaphore.h>

int valve_fill(struct semaphore *slots, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		if (down_interruptible(slots)) {
			while (i--)
				up(slots); /* ok: lin-sem-imbalance */
			return -EINTR;
		}
	}
	return 0; /* todo-ok: lin-sem-imbalance */
}
