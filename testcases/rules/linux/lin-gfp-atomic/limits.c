/* Known gaps. */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/idr.h>
#include <linux/interrupt.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

/* Two values that may both sleep meet at one call. */
char *crane_flags(spinlock_t *lock, bool zero)
{
	gfp_t gfp = GFP_USER;
	char *p;

	if (zero)
		gfp |= __GFP_ZERO;
	spin_lock(lock);
	p = kmalloc(64, gfp); /* todo-expect: lin-gfp-atomic "kmalloc" */
	spin_unlock(lock);
	return p;
}
