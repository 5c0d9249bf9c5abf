/* An oven that misreads its clock. */
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
	long left;

	left = wait_event_timeout(o->wait, o->ready, HZ); /* note: lin-wait-timeout-result "left comes from wait_event_timeout" */
	if (left < 0) /* expect: lin-wait-timeout-result "left is never negative here: wait_event_timeout" */
		return -ETIMEDOUT;
	o->heat = 1;
	return 0;
}

int oven_heat(struct oven *o)
{
	if (wait_for_completion_timeout(&o->hot, HZ) == -ETIMEDOUT) /* expect: lin-wait-timeout-result "never negative" */
		return -EIO;
	return 0;
}

/* The sign is lost. */
int oven_watch(struct oven *o)
{
	unsigned long left;

	left = wait_event_interruptible_timeout(o->wait, o->ready, HZ);
	if (left < 0) /* expect: lin-wait-timeout-result "left" */
		return -ERESTARTSYS;
	return left ? 0 : -EAGAIN;
}

/* The other way round. */
int oven_close(struct oven *o)
{
	if (wait_event_timeout(o->wait, !o->busy, HZ))
		return -ETIMEDOUT; /* expect: lin-wait-timeout-result "-ETIMEDOUT is returned here although wait_event_timeout" */
	o->ready = 0;
	return 0;
}

int oven_cool(struct oven *o)
{
	unsigned long left;

	reinit_completion(&o->hot);
	left = wait_for_completion_timeout(&o->hot, HZ);
	if (!left)
		return 0;
	else
		return -ETIMEDOUT; /* expect: lin-wait-timeout-result "although wait_for_completion_timeout succeeded" */
}

/* trap: lin-wait-timeout-result condition-asked-again
 * What is asked afterwards is something else. */
int oven_turn(struct oven *o, const struct oven *other)
{
	wait_event_timeout(o->wait, o->ready, HZ); /* expect: lin-wait-timeout-result "nothing looks at the result" */
	if (other->heat)
		return -EBUSY;
	writel(1, o->regs);
	return 0;
}

/* trap: lin-wait-timeout-result best-effort-drain
 * The memory is used by whoever is still busy. */
static void oven_start(struct oven *o)
{
	wait_event_timeout(o->wait, !o->busy, HZ); /* expect: lin-wait-timeout-result "wait_event_timeout" */
	writel(2, o->regs);
}

static int oven_probe(struct platform_device *pdev)
{
	oven_start(platform_get_drvdata(pdev));
	return 0;
}

struct platform_driver oven_driver = {
	.probe = oven_probe,
	.driver = { .name = "oven" },
};
