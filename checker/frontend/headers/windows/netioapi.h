/* mingw-w64's takes types of these headers. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ntddk.h>

#include <ws2def.h>

#include <ws2ipdef.h>
#endif
#include_next <netioapi.h>
