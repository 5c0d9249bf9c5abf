/* mingw-w64's takes types of poclass.h without including it. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <poclass.h>
#endif
#include_next <batclass.h>
