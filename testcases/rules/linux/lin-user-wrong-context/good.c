/* User memory reached only on behalf of the process that asked. */
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
	struct mm_struct *mm;
	char sample[16];
	int irq;
};

static void radar_work(struct work_struct *work)
{
	struct radar *r = container_of(work, struct radar, work);

	r->sample[0]++;
}

/* trap: lin-user-wrong-context borrowed-mm */
static int radar_thread(void *data)
{
	struct radar *r = data;
	int err = 0;

	/* Trap: the thread borrows the memory of the process. */
	kthread_use_mm(r->mm);
	err = put_user('x', r->target); /* ok: lin-user-wrong-context */
	kthread_unuse_mm(r->mm);
	return err;
}

static irqreturn_t radar_irq_thread(int irq, void *data)
{
	struct radar *r = data;
	char order;

	order = 'o';
	r->sample[0] = order;
	return IRQ_HANDLED;
}

static ssize_t radar_read(struct file *file, char __user *buf, size_t n, loff_t *pos)
{
	struct radar *r = file->private_data;

	n = min(n, sizeof(r->sample));
	return copy_to_user(buf, r->sample, n) ? -EFAULT : n; /* ok: lin-user-wrong-context */
}

const struct file_operations radar_fops = { .read = radar_read };

int radar_start(struct radar *r)
{
	int err;

	INIT_WORK(&r->work, radar_work);
	err = request_threaded_irq(r->irq, NULL, radar_irq_thread, IRQF_ONESHOT, "radar", r);
	if (!err)
		r->thread = kthread_run(radar_thread, r, "radar");
	return err;
}

/* Shared by the process and the worker, and the flag says which. */
/* trap: lin-user-wrong-context behind-flag */
static int radar_put(struct radar *r, char value, bool for_user)
{
	r->sample[1] = value;
	if (for_user)
		return put_user(value, r->target); /* ok: lin-user-wrong-context */
	return 0;
}

static ssize_t radar_write(struct file *file, const char __user *buf, size_t n, loff_t *pos)
{
	return radar_put(file->private_data, 'w', true) ? -EFAULT : n;
}

static void radar_idle(struct work_struct *work)
{
	radar_put(container_of(work, struct radar, work), 'i', false);
}

const struct file_operations radar_write_fops = { .write = radar_write };

void radar_rest(struct radar *r)
{
	INIT_WORK(&r->work, radar_idle);
}
