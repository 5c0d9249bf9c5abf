/* 0 is the timeout. */
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/platform_device.h>
#include <linux/wait.h>

struct oven {
	wait_queue_head_t wait;
	struct completion hot;
	void __iomem *regs;
	int ready, busy, heat;
};

int oven_open(struct oven *o)
{
	if (!wait_event_timeout(o->wait, o->ready, HZ))
		return -ETIMEDOUT;
	o->heat = 1;
	return 0;
}

int oven_heat(struct oven *o)
{
	long left = wait_for_completion_interruptible_timeout(&o->hot, HZ);

	if (left < 0)
		return left;
	if (left == 0)
		return -ETIMEDOUT;
	return 0;
}

int oven_cool(struct oven *o)
{
	unsigned long left = wait_for_completion_timeout(&o->hot, HZ);

	return left ? 0 : -ETIMEDOUT;
}

/* The wait succeeds, what follows does not. */
int oven_bake(struct oven *o)
{
	if (wait_event_timeout(o->wait, o->ready, HZ)) {
		if (readl(o->regs) & 1)
			return -ETIMEDOUT; /* ok: lin-wait-timeout-result */
		return 0;
	}
	return -EIO;
}

/* trap: lin-wait-timeout-result condition-asked-again */
int oven_turn(struct oven *o)
{
	wait_event_timeout(o->wait, o->ready, HZ); /* ok: lin-wait-timeout-result */
	if (!o->ready)
		return -ETIMEDOUT;
	writel(1, o->regs);
	return 0;
}

/* Whoever wakes it says so in another field.
 * trap: lin-wait-timeout-result condition-asked-again */
int oven_warm(struct oven *o)
{
	wait_event_timeout(o->wait, !o->busy, HZ); /* ok: lin-wait-timeout-result */
	if (!o->heat)
		return -ETIMEDOUT;
	return 0;
}

/* trap: lin-wait-timeout-result best-effort-drain */
static int oven_remove(struct platform_device *pdev)
{
	struct oven *o = platform_get_drvdata(pdev);

	wait_event_timeout(o->wait, !o->busy, HZ); /* ok: lin-wait-timeout-result */
	writel(0, o->regs);
	return 0;
}

struct platform_driver oven_driver = {
	.remove = oven_remove,
	.driver = { .name = "oven" },
};
