/* The kernel's types first, those of ntddk.h too: see so2check_kernel.h. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ntddk.h>
#endif
#include_next <scsi.h>
#if !defined(SO2CHECK_PROGRAM) && defined(__MINGW64_VERSION_MAJOR)
#include "so2check_scsi.h"
#endif
