/* Tested with IS_ERR and its relatives. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/i2c.h>
#include <linux/kthread.h>
#include <linux/module.h>
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

int forge_start(struct forge *f)
{
	struct task_struct *t = kthread_run(forge_main, f, "forge");

	if (IS_ERR(t)) /* ok: lin-errptr-check */
		return PTR_ERR(t);
	f->thread = t;
	return 0;
}

/* Trap: IS_ERR_OR_NULL covers both. */
/* trap: lin-errptr-check error-or-null */
int forge_create(struct forge *f)
{
	struct task_struct *t = kthread_create(forge_main, f, "forge");

	if (IS_ERR_OR_NULL(t)) /* ok: lin-errptr-check */
		return -ENOMEM;
	wake_up_process(t); /* ok: lin-errptr-check */
	f->thread = t;
	return 0;
}

/* Trap: set to NULL by the driver itself, and tested for that. */
/* trap: lin-errptr-check set-to-null */
int forge_restart(struct forge *f)
{
	struct task_struct *t = kthread_run(forge_main, f, "forge");

	if (IS_ERR(t))
		t = NULL;
	f->thread = t;
	if (!t) /* ok: lin-errptr-check */
		return -EAGAIN;
	return 0;
}

void forge_stop(struct forge *f)
{
	if (f->thread) /* ok: lin-errptr-check */
		kthread_stop(f->thread);
	f->thread = NULL;
}

/* Trap: PTR_ERR_OR_ZERO. */
/* trap: lin-errptr-check error-or-zero */
int forge_class(struct forge *f)
{
	f->class = class_create(THIS_MODULE, "forge");
	return PTR_ERR_OR_ZERO(f->class); /* ok: lin-errptr-check */
}

/* Trap: the error is passed on as it is. */
char *forge_name(const char __user *name)
{
	char *copy = strndup_user(name, 32);

	if (IS_ERR(copy)) {
		pr_debug("forge: %ld\n", PTR_ERR(copy));
		return copy; /* ok: lin-errptr-check */
	}
	copy[0] = '!';
	return copy;
}

/* Trap: the code is taken out first. */
int forge_sum(const void __user *from, int n)
{
	int *data = memdup_user(from, n * sizeof(int)), sum = 0;
	int err = PTR_ERR_OR_ZERO(data);

	if (err)
		return err;
	while (n--)
		sum += data[n]; /* ok: lin-errptr-check */
	kfree(data);
	return sum;
}

/* Only what is neither NULL nor an error has a driver. */
int forge_probe_sensor(struct i2c_adapter *bus, const struct i2c_board_info *info)
{
	struct i2c_client *client = i2c_new_client_device(bus, info);

	if (!i2c_client_has_driver(client))
		return -ENODEV;
	if (!try_module_get(client->dev.driver->owner)) { /* ok: lin-errptr-check */
		i2c_unregister_device(client);
		return -EBUSY;
	}
	return 0;
}
