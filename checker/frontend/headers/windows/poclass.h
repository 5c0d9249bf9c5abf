/* Both of mingw-w64's: the user-mode one has the types. */
#include "so2check_kernel.h"
#ifndef SO2CHECK_PROGRAM
#include <../poclass.h>
#endif
#include_next <poclass.h>
