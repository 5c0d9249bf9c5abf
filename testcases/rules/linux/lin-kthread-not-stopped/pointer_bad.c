/* Started through a pointer of the driver's. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>

struct lab_ops {
	int (*open)(void);
	void (*close)(void);
};

static struct task_struct *lab_thread;

static int lab_main(void *data)
{
	while (!kthread_should_stop())
		msleep(50);
	return 0;
}

static int lab_open(void)
{
	lab_thread = kthread_run(lab_main, NULL, "lab"); /* expect: lin-kthread-not-stopped "kthread_run" */
	return PTR_ERR_OR_ZERO(lab_thread);
}

static void lab_close(void)
{
	lab_thread = NULL;
}

static const struct lab_ops lab_ops = { .open = lab_open, .close = lab_close };

static int __init lab_init(void)
{
	return lab_ops.open();
}
module_init(lab_init);

static void __exit lab_exit(void)
{
	lab_ops.close();
}
module_exit(lab_exit);
MODULE_LICENSE("GPL");
