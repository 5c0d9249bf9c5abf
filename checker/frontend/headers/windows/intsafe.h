/* In a driver, the kernel's twin: mingw-w64's would take windows.h. */
#include "so2check_kernel.h"
#ifdef SO2CHECK_PROGRAM
#include_next <intsafe.h>
#else
#include <ntintsafe.h>
#endif
