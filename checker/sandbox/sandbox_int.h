#ifndef SO2_SANDBOX_SANDBOX_INT_H
#define SO2_SANDBOX_SANDBOX_INT_H

#include "sandbox/sandbox.h"

#include <stdbool.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

/* 0: the kernel has no Landlock, or it is switched off. */
int landlock_version(void);
/* NULL, or what could not be done. */
const char *landlock_enter(const struct sandbox *sandbox);

bool syscall_filter_is_available(void);
const char *syscall_filter_enter(void);

#endif
