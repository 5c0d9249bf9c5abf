/* mingw-w64's takes a type of hidusage.h without including it. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <hidusage.h>
#endif
#include_next <hidpi.h>
