/* The dispatcher holds a mutex instead. */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/semaphore.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

struct unit {
	struct mutex lock;
	int speed;
};

struct unit_command {
	int (*run)(struct unit *u, int __user *arg);
};

static int unit_get(struct unit *u, int __user *arg)
{
	return put_user(u->speed, arg);
}

static int unit_set(struct unit *u, int __user *arg)
{
	return get_user(u->speed, arg);
}

static const struct unit_command unit_commands[] = {
	{ .run = unit_get },
	{ .run = unit_set },
};

long unit_ioctl(struct unit *u, unsigned int number, int __user *arg)
{
	const struct unit_command *command;
	long err;

	if (number >= ARRAY_SIZE(unit_commands))
		return -ENOTTY;
	command = &unit_commands[number];
	mutex_lock(&u->lock);
	err = command->run(u, arg); /* ok: lin-user-atomic */
	mutex_unlock(&u->lock);
	return err;
}
