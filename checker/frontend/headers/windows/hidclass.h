/* The kernel's types first: see so2check_kernel.h. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ntddk.h>
#endif
#include_next <hidclass.h>
