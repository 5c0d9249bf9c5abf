/* iprtrmib.h includes it, and with it windows.h: drivers need one constant. */
#include "so2check_kernel.h"
#ifdef SO2CHECK_PROGRAM
#include_next <mprapi.h>
#else
#define MAX_INTERFACE_NAME_LEN 256
#endif
