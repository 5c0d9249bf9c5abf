/* A function of another file that counts what is free does not let a lock go. */
#include <linux/irqflags.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct tray {
	spinlock_t lock;
	int used;
};

int tray_num_free(struct tray *tray);
void tray_drop_free(struct tray *tray);

int tray_fill(struct tray *tray, void **slots)
{
	int count = 0;

	spin_lock_bh(&tray->lock);
	if (tray_num_free(tray) > 0)
		slots[count++] = kzalloc(64, GFP_KERNEL); /* expect: lin-gfp-atomic "tray->lock forbids it" */
	spin_unlock_bh(&tray->lock);
	return count;
}

/* The assertion in min() ends the function in another way, but never without the unlock. */
int tray_fill_up(struct tray *tray, void **slots)
{
	int count = 0, wanted;

	spin_lock_bh(&tray->lock);
	wanted = tray_num_free(tray);
	wanted = min(wanted, tray->used);
	while (count < wanted)
		slots[count++] = kzalloc(64, GFP_KERNEL); /* expect: lin-gfp-atomic "tray->lock forbids it" */
	spin_unlock_bh(&tray->lock);
	return count;
}

int tray_refill(struct tray *tray, void **slots)
{
	int count = 0;

	spin_lock_bh(&tray->lock);
	tray_drop_free(tray);
	slots[count++] = kzalloc(64, GFP_KERNEL); /* ok: lin-gfp-atomic */
	return count;
}
