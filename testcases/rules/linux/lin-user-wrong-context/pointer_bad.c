/* The work calls through a pointer; what it finds there copies to the user. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/mmu_context.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

struct sink;

struct sink_ops {
	int (*emit)(struct sink *s, const char *text, size_t n);
};

struct sink {
	struct work_struct work;
	const struct sink_ops *ops;
	char __user *buf;
	char log[64];
};

static int sink_emit(struct sink *s, const char *text, size_t n)
{
	return copy_to_user(s->buf, text, n) ? -EFAULT : 0; /* expect: lin-user-wrong-context "copy_to_user" */
}

static const struct sink_ops sink_ops = { .emit = sink_emit };

static void sink_work(struct work_struct *work)
{
	struct sink *s = container_of(work, struct sink, work);

	s->ops->emit(s, "tick", 4);
}

void sink_init(struct sink *s)
{
	s->ops = &sink_ops;
	INIT_WORK(&s->work, sink_work);
}
