/* In a driver, mingw-w64's for programs: its driver folder's lacks the types of
 * batclass.h, and the two cannot stand in one source. Neither has a guard. */
#include "so2check_kernel.h"
#ifdef SO2CHECK_PROGRAM
#include_next <poclass.h>
#elif !defined(SO2CHECK_POCLASS_H)
#define SO2CHECK_POCLASS_H
#include <../poclass.h>

#include <batclass.h>
#endif
