/* mingw-w64's takes types of ndis.h without including it. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ndis.h>
#endif
#include_next <ndiswan.h>
