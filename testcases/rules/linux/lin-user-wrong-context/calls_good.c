/* The same helpers, reached from the work only without the user's part. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/mmu_context.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

struct sonar {
	struct delayed_work poll;
	char __user *buf;
	int depth;
};

static int sonar_put(struct sonar *s, char __user *to)
{
	return copy_to_user(to, &s->depth, sizeof(s->depth)) ? -EFAULT : 0; /* ok: lin-user-wrong-context */
}

static int sonar_publish(struct sonar *s, bool to_user)
{
	s->depth++;
	/* Trap: the user's part is behind a flag. */
	return to_user ? sonar_put(s, s->buf) : 0;
}

static void sonar_poll(struct work_struct *work)
{
	struct sonar *s = container_of(to_delayed_work(work), struct sonar, poll);

	sonar_publish(s, false);
}

static ssize_t sonar_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	return sonar_publish(file->private_data, true);
}

const struct file_operations sonar_fops = { .read = sonar_read };

void sonar_init(struct sonar *s)
{
	INIT_DELAYED_WORK(&s->poll, sonar_poll);
}
