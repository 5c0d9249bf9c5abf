/* A kernel thread, and a cycle of calls that ends in user memory. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/mmu_context.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

struct stream {
	int __user *out;
	int copy[8];
	int level;
};

static int stream_down(struct stream *s, int depth);

static int stream_up(struct stream *s, int depth)
{
	if (put_user(depth, s->out)) /* expect: lin-user-wrong-context "put_user" */
		return -EFAULT;
	return depth ? stream_down(s, depth - 1) : 0;
}

static int stream_down(struct stream *s, int depth)
{
	s->level = depth;
	return depth ? stream_up(s, depth - 1) : 0;
}

static int stream_thread(void *data)
{
	return stream_down(data, 8);
}

struct task_struct *stream_start(struct stream *s)
{
	return kthread_run(stream_thread, s, "stream");
}
