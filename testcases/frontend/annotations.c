/* What the annotations of kernel sources must look like to libclang. */
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

struct guarded {
	spinlock_t lock;
	struct guarded __rcu *next;
	void __iomem *registers;
	int __percpu *counter;
};

static void take(struct guarded *guarded) __acquires(&guarded->lock)
{
	spin_lock(&guarded->lock);
}

static void drop(struct guarded *guarded) __releases(&guarded->lock)
{
	spin_unlock(&guarded->lock);
}

static int __must_check locked(struct guarded *guarded) __must_hold(&guarded->lock);

static int locked(struct guarded *guarded)
{
	return guarded->next ? 1 : 0;
}

static long fetch(struct guarded *guarded, const char __user *from)
{
	char byte;
	u32 flags = (__force u32)GFP_KERNEL;
	void *raw = (__force void *)from;

	take(guarded);
	locked(guarded);
	drop(guarded);
	return get_user(byte, from) ? -EFAULT : byte + flags + (raw != NULL);
}
EXPORT_SYMBOL_GPL(fetch);
