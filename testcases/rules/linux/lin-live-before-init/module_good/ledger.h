#pragma once
#include <linux/fs.h>
#include <linux/mutex.h>

extern struct mutex ledger_lock;
extern const struct file_operations ledger_fops;
