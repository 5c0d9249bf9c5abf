#pragma once
#include <linux/fs.h>

#define DESK_MAJOR 42

extern const struct file_operations desk_fops;
void desk_close_all(void);
