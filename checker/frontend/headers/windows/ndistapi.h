/* Ours of ndis.h first: mingw-w64's would take its own. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ndis.h>
#endif
#include_next <ndistapi.h>
