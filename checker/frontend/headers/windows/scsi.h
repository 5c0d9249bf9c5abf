/* The kernel's types first, those of ntddk.h too: see so2check_kernel.h. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ntddk.h>
#endif
#include_next <scsi.h>
