/* mingw-w64's takes types of the user-mode poclass.h, which its driver folder hides. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <../poclass.h>
#endif
#include_next <batclass.h>
