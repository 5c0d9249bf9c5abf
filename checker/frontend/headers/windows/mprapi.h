/* iprtrmib.h includes it, and with it windows.h: nothing of it is for drivers. */
#include "so2check_kernel.h"
#ifdef SO2CHECK_PROGRAM
#include_next <mprapi.h>
#endif
