/* mingw-w64's takes macros of windef.h without including it. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <windef.h>
#endif
#include_next <ks.h>
