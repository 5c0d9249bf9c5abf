/* Threads that end with do_exit(). */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/version.h>

struct errand {
	struct completion done;
	int steps;
};

/* trap: lin-do-exit older-kernel */
static int errand_run(void *data)
{
	struct errand *e = data;

	while (!kthread_should_stop() && e->steps > 0)
		e->steps--;
	complete(&e->done);
	do_exit(0); /* expect: lin-do-exit "do_exit is not available to modules since Linux 5.17" */ /* note: lin-do-exit "do_exit is not available to modules since" */
}

static int errand_run_once(void *data)
{
	struct errand *e = data;

	e->steps = 0;
	complete_and_exit(&e->done, 0); /* expect: lin-do-exit "kthread_complete_and_exit" */
	return 0;
}

int errand_start(struct errand *e)
{
	struct task_struct *task = kthread_run(e->steps ? errand_run : errand_run_once, e, "errand");

	if (IS_ERR(task))
		return PTR_ERR(task);
	wait_for_completion(&e->done);
	return 0;
}
