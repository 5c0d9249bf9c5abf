/* Stopped in one. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>

struct crew {
	struct crew *next;
	struct task_struct *sailor;
};

static struct crew crew[4];

static int crew_sail(void *data)
{
	while (!kthread_should_stop())
		msleep(10);
	return 0;
}

static void crew_hire_next(struct crew *c);

static void crew_hire(struct crew *c)
{
	c->sailor = kthread_run(crew_sail, c, "sailor"); /* ok: lin-kthread-not-stopped */
	crew_hire_next(c->next);
}

static void crew_hire_next(struct crew *c)
{
	if (c)
		crew_hire(c);
}

static void crew_leave_next(struct crew *c);

static void crew_leave(struct crew *c)
{
	if (!IS_ERR(c->sailor))
		kthread_stop(c->sailor);
	crew_leave_next(c->next);
}

static void crew_leave_next(struct crew *c)
{
	if (c)
		crew_leave(c);
}

static int __init crew_init(void)
{
	crew_hire(&crew[0]);
	return 0;
}
module_init(crew_init);

static void __exit crew_exit(void)
{
	crew_leave(&crew[0]);
}
module_exit(crew_exit);
MODULE_LICENSE("GPL");
