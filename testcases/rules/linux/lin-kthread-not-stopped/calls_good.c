/* The exit function's helper stops it. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/module.h>

struct farm {
	struct task_struct *worker;
	int fields;
};

static struct farm farm;

static int farm_work(void *data)
{
	struct farm *f = data;

	while (!kthread_should_stop()) {
		f->fields++;
		ssleep(1);
	}
	return 0;
}

static int farm_start(struct farm *f)
{
	f->worker = kthread_create(farm_work, f, "farm"); /* ok: lin-kthread-not-stopped */
	if (IS_ERR(f->worker))
		return PTR_ERR(f->worker);
	wake_up_process(f->worker);
	return 0;
}

static void farm_close(struct farm *f)
{
	f->fields = 0;
	kthread_stop(f->worker);
}

static int __init farm_init(void)
{
	return farm_start(&farm);
}
module_init(farm_init);

static void __exit farm_exit(void)
{
	farm_close(&farm);
}
module_exit(farm_exit);
MODULE_LICENSE("GPL");
