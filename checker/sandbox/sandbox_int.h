#ifndef SO2_SANDBOX_SANDBOX_INT_H
#define SO2_SANDBOX_SANDBOX_INT_H

#include "sandbox/sandbox.h"

#include "base/sanitizer.h"

#include <stdbool.h>

/* 0: the kernel has no Landlock, or it is switched off. */
int landlock_version(void);
/* NULL, or what could not be done. */
const char *landlock_enter(const struct sandbox *sandbox);

bool syscall_filter_is_available(void);
const char *syscall_filter_enter(void);

#endif
