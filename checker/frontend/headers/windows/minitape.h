/* mingw-w64's takes a type of srb.h without including it. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <ntddk.h>

#include <srb.h>
#endif
#include_next <minitape.h>
