#include <linux/module.h>
#include "desk.h"

static int desk_users;

static int desk_open(struct inode *inode, struct file *file)
{
	desk_users++;
	return 0;
}

const struct file_operations desk_fops = { .owner = THIS_MODULE, .open = desk_open };

void desk_close_all(void)
{
	desk_users = 0;
}
