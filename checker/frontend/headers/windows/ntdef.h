/* The kernel's types first: see so2check_kernel.h. */
#include "so2check_kernel.h"
#include_next <ntdef.h>
