/* User memory reached from code that serves no process. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/mmu_context.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

struct radar {
	struct work_struct work;
	struct task_struct *thread;
	char __user *target;
	char sample[16];
	int irq;
};

/* trap: lin-user-wrong-context behind-flag */
static void radar_work(struct work_struct *work)
{
	struct radar *r = container_of(work, struct radar, work);

	if (copy_to_user(r->target, r->sample, sizeof(r->sample))) /* expect: lin-user-wrong-context "copy_to_user" */
		r->target = NULL;
}

/* trap: lin-user-wrong-context borrowed-mm */
static int radar_thread(void *data)
{
	struct radar *r = data;
	int err = 0;

	while (!kthread_should_stop() && !err)
		err = put_user('x', r->target); /* expect: lin-user-wrong-context "put_user" */
	return err;
}

static irqreturn_t radar_irq_thread(int irq, void *data)
{
	struct radar *r = data;
	char order;

	if (get_user(order, r->target)) /* expect: lin-user-wrong-context "get_user" */
		return IRQ_NONE;
	r->sample[0] = order;
	return IRQ_HANDLED;
}

int radar_start(struct radar *r)
{
	int err;

	INIT_WORK(&r->work, radar_work);
	err = request_threaded_irq(r->irq, NULL, radar_irq_thread, IRQF_ONESHOT, "radar", r);
	if (!err)
		r->thread = kthread_run(radar_thread, r, "radar");
	return err;
}
