/* Error pointers tested as if failure were NULL, or not at all. */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

struct forge {
	struct task_struct *thread;
	struct class *class;
	char *name;
	int heat;
};

int forge_main(void *data);

/* trap: lin-errptr-check set-to-null */
int forge_start(struct forge *f)
{
	struct task_struct *t = kthread_run(forge_main, f, "forge"); /* note: lin-errptr-check "kthread_run" */

	if (!t) /* expect: lin-errptr-check "t" */
		return -ENOMEM;
	f->thread = t;
	return 0;
}

/* trap: lin-errptr-check error-or-null */
int forge_create(struct forge *f)
{
	f->thread = kthread_create(forge_main, f, "forge/%d", f->heat); /* note: lin-errptr-check "kthread_create" */
	if (f->thread == NULL) { /* expect: lin-errptr-check "f->thread" */
		f->heat = 0;
		return -ENOMEM;
	}
	wake_up_process(f->thread);
	return 0;
}

/* Never tested. */
int forge_wake(struct forge *f)
{
	struct task_struct *t = kthread_create(forge_main, f, "forge"); /* note: lin-errptr-check "kthread_create" */

	wake_up_process(t); /* expect: lin-errptr-check "t" */
	f->thread = t;
	return 0;
}

int forge_name(struct forge *f, const char __user *name)
{
	char *copy = strndup_user(name, 32); /* note: lin-errptr-check "strndup_user" */

	if (f->heat > 3 && copy) /* expect: lin-errptr-check "copy" */
		copy[0] = '!';
	f->name = copy;
	return 0;
}

/* trap: lin-errptr-check error-or-zero */
int forge_class(struct forge *f)
{
	struct class *class = class_create(THIS_MODULE, "forge"); /* note: lin-errptr-check "class_create" */

	if (class) { /* expect: lin-errptr-check "class" */
		f->class = class;
		return 0;
	}
	return -ENOMEM;
}

/* Used through a second name, in a loop. */
int forge_sum(const void __user *from, int n)
{
	int *data = memdup_user(from, n * sizeof(int)), *p = data, sum = 0; /* note: lin-errptr-check "memdup_user" */

	while (n--)
		sum += p[n]; /* expect: lin-errptr-check "p" */
	kfree(data);
	return sum;
}

int forge_log(void)
{
	struct file *file = filp_open("/var/log/forge", O_RDONLY, 0);

	if (!file) /* expect: lin-errptr-check "file" */
		return -ENOENT;
	filp_close(file, NULL);
	return 0;
}
