#include "ledger.h"

struct mutex ledger_lock;
static int ledger_users;

static int ledger_open(struct inode *inode, struct file *file)
{
	mutex_lock(&ledger_lock);
	ledger_users++;
	mutex_unlock(&ledger_lock);
	return 0;
}

const struct file_operations ledger_fops = { .open = ledger_open };
