/* Threads that return. */
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

static int errand_run(void *data)
{
	struct errand *e = data;

	while (!kthread_should_stop() && e->steps > 0)
		e->steps--;
	complete(&e->done);
	return 0;
}

/* trap: lin-do-exit older-kernel */
static int errand_run_once(void *data)
{
	struct errand *e = data;

	e->steps = 0;
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 17, 0)
	complete(&e->done);
	do_exit(0);
#else
	kthread_complete_and_exit(&e->done, 0);
#endif
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
