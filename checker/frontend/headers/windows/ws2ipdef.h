/* mingw-w64's takes types of ws2def.h without including it. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ws2def.h>
#endif
#include_next <ws2ipdef.h>
