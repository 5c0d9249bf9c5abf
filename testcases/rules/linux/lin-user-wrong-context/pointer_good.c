/* The table of the work has no user's side. */
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
	memcpy(s->log, text, min(n, sizeof(s->log)));
	return 0;
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

/* Trap: each caller gives the copier that suits it. */
static int sink_copy_user(void *to, const void *from, size_t n)
{
	return copy_to_user((void __user *)to, from, n) ? -EFAULT : 0; /* ok: lin-user-wrong-context */
}

static int sink_copy_kernel(void *to, const void *from, size_t n)
{
	memcpy(to, from, n);
	return 0;
}

static int sink_drain(struct sink *s, void *to, int (*copy)(void *to, const void *from, size_t n))
{
	return copy(to, s->log, sizeof(s->log));
}

static void sink_drain_work(struct work_struct *work)
{
	char text[64];

	sink_drain(container_of(work, struct sink, work), text, sink_copy_kernel);
}

void sink_start(struct sink *s)
{
	INIT_WORK(&s->work, sink_drain_work);
}

ssize_t sink_read(struct sink *s, char __user *buf)
{
	return sink_drain(s, (void *)buf, sink_copy_user);
}
